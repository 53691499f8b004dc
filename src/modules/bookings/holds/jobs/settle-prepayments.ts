import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { CreditUsed, PaymentReceived } from '../../../finance/index.js';
import { SettlePrepayment } from '../use-cases/settle-prepayment.js';

/** Money for a held time has come in. */
@Injectable()
export class SettlePrepayments {
  constructor(private readonly settle: SettlePrepayment) {}

  // In transactions of its own: it tries again elsewhere when a place is lost.
  @Handles(PaymentReceived, { name: 'bookings.settle-prepayment', mode: 'external' })
  async handle({ payload }: EventOf<PaymentReceived>): Promise<void> {
    await this.settle.execute(payload.paymentId, payload.invoiceId);
  }

  // One payment may pay several invoices, and credit pays what no payment was made for.
  @Handles(CreditUsed, { name: 'bookings.settle-prepayment-by-credit', mode: 'external' })
  async handleCredit({ payload }: EventOf<CreditUsed>): Promise<void> {
    await this.settle.execute(payload.paymentId, payload.invoiceId);
  }
}
