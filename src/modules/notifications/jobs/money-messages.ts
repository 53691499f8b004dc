import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import type { Id } from '../../../platform/values/id.js';
import {
  DunningReader,
  InstalmentNotCharged,
  InvoiceIssued,
  InvoiceReader,
  InvoiceReminded,
  PaymentFailed,
  PaymentReceived,
  RefundCompleted,
} from '../../finance/index.js';
import type { MessageKind } from '../domain/message-kinds.js';
import { QueueMessages } from '../use-cases/queue-messages.js';

/** What a student hears about money. */
@Injectable()
export class MoneyMessages {
  constructor(
    private readonly queue: QueueMessages,
    private readonly invoices: InvoiceReader,
    private readonly dunning: DunningReader,
  ) {}

  @Handles(InvoiceIssued, { name: 'notifications.send-invoice' })
  async invoiced({ id, payload }: EventOf<InvoiceIssued>): Promise<void> {
    const invoice = await this.invoices.forMessage(payload.invoiceId);
    if (!invoice) return;
    const kind = invoice.kind === 'credit_note' ? 'credit_note_issued' : 'invoice_issued';
    await this.queue.execute([{ kind, userId: invoice.studentUserId, subjectId: payload.invoiceId, cause: id }]);
  }

  @Handles(PaymentReceived, { name: 'notifications.send-receipt' })
  paid({ id, payload }: EventOf<PaymentReceived>): Promise<void> {
    return this.tell('payment_received', payload.invoiceId, { subjectId: payload.paymentId, cause: id });
  }

  @Handles(RefundCompleted, { name: 'notifications.tell-refund' })
  async refunded({ id, payload }: EventOf<RefundCompleted>): Promise<void> {
    const refund = await this.invoices.refund(payload.refundId);
    if (refund?.invoiceId)
      await this.tell('refund_completed', refund.invoiceId, { subjectId: payload.refundId, cause: id });
  }

  @Handles(PaymentFailed, { name: 'notifications.tell-failed-payment' })
  async failed({ id: cause, payload: { paymentId } }: EventOf<PaymentFailed>): Promise<void> {
    const invoiceId = await this.invoices.failedPayment(paymentId);
    if (invoiceId) await this.tell('payment_failed', invoiceId, { subjectId: invoiceId, cause });
  }

  @Handles(InvoiceReminded, { name: 'notifications.remind-of-invoice' })
  async reminded({ id, payload: { stepId } }: EventOf<InvoiceReminded>): Promise<void> {
    const step = await this.dunning.forMessage(stepId);
    if (!step) return;
    const kinds = { reminder: 'payment_reminder', booking_stop: 'booking_stopped' } as const;
    const kind = step.step in kinds ? kinds[step.step as keyof typeof kinds] : 'payment_fee_reminder';
    await this.tell(kind, step.invoiceId, { subjectId: stepId, cause: id });
  }

  @Handles(InstalmentNotCharged, { name: 'notifications.tell-card-not-charged' })
  notCharged({ id, payload: { invoiceId } }: EventOf<InstalmentNotCharged>): Promise<void> {
    return this.tell('card_not_charged', invoiceId, { subjectId: invoiceId, cause: id });
  }

  private async tell(kind: MessageKind, invoiceId: Id, order: { subjectId: Id; cause: Id }): Promise<void> {
    const invoice = await this.invoices.forMessage(invoiceId);
    if (!invoice || invoice.kind === 'credit_note') return;
    await this.queue.execute([{ ...order, kind, userId: invoice.studentUserId }]);
  }
}
