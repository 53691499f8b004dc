import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { StudentSchema } from '../../students/index.js';
import type { InvoiceKind, InvoiceSchema } from '../domain/invoice.js';
import type { PaymentSchema } from '../domain/payment.js';
import { PayLinks } from '../pay-page/use-cases/pay-links.js';
import type { RefundSchema } from '../domain/refund.js';

type Db = Tables<typeof InvoiceSchema | typeof PaymentSchema | typeof RefundSchema | typeof StudentSchema>;

export interface InvoiceForMessage {
  readonly invoiceId: Id;
  readonly kind: InvoiceKind;
  readonly number: number;
  readonly gross: Money;
  readonly vat: Money;
  readonly outstanding: Money;
  readonly issuedAt: Date;
  readonly dueOn: LocalDate;
  readonly studentUserId: Id;
  /** Where it can be paid without signing in; null when nothing is left to pay. */
  readonly payLink: string | null;
}

// What gateways call it when the person himself turned back.
const stoppedByPayer = ['aborted', 'canceled', 'cancelled', 'voided'];

export interface PaymentForMessage {
  readonly invoiceId: Id | null;
  readonly amount: Money;
  readonly receivedAt: Date;
}

export interface RefundForMessage {
  /** Null for money that paid no invoice. */
  readonly invoiceId: Id | null;
  readonly amount: Money;
  readonly completedAt: Date;
}

/** What messages say about money; null where there is nothing (any more). */
@Injectable()
export class InvoiceReader {
  constructor(
    private readonly em: EntityManager,
    private readonly payLinks: PayLinks,
  ) {}

  async forMessage(invoiceId: Id): Promise<InvoiceForMessage | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('invoices')
      .innerJoin('students', (join) =>
        join.onRef('students.school_id', '=', 'invoices.school_id').onRef('students.id', '=', 'invoices.student_id'),
      )
      .where('invoices.id', '=', bin(invoiceId))
      .select(['kind', 'number', 'currency', 'gross_minor', 'vat_minor', 'paid_minor', 'credited_minor'])
      .select('written_off_minor')
      .select(['issued_at', 'due_on', 'students.user_id'])
      .executeTakeFirst();
    if (!row || row.number === null) return null;
    const { kind, currency } = row;
    const open = kind === 'invoice' ? row.gross_minor - row.paid_minor - row.credited_minor - row.written_off_minor : 0;
    return {
      invoiceId,
      kind,
      number: row.number,
      gross: Money.of(row.gross_minor, currency),
      vat: Money.of(row.vat_minor, currency),
      outstanding: Money.of(open, currency),
      issuedAt: row.issued_at,
      dueOn: row.due_on,
      studentUserId: row.user_id,
      payLink: open > 0 ? await this.payLinks.forInvoice(invoiceId) : null,
    };
  }

  /** The invoice that a person tried to pay at a payment page, and could not; null when it was anything else. */
  async failedPayment(paymentId: Id): Promise<Id | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('payments')
      .where('id', '=', bin(paymentId))
      .where('state', '=', 'failed')
      .where('flow', '=', 'checkout')
      // Without one the page never opened, and whoever wanted to pay has seen that.
      .where('provider_ref', 'is not', null)
      .where((or) => or.or([or('failure', 'is', null), or('failure', 'not in', [...stoppedByPayer])]))
      .select('invoice_id')
      .executeTakeFirst();
    return row?.invoice_id ?? null;
  }

  async payment(paymentId: Id): Promise<PaymentForMessage | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('payments')
      .where('id', '=', bin(paymentId))
      .where('state', '=', 'succeeded')
      .select(['invoice_id', 'received_minor', 'currency', 'settled_at'])
      .executeTakeFirst();
    if (!row?.settled_at) return null;
    return {
      invoiceId: row.invoice_id,
      amount: Money.of(row.received_minor, row.currency),
      receivedAt: row.settled_at,
    };
  }

  async refund(refundId: Id): Promise<RefundForMessage | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('refunds')
      .innerJoin('payments', (join) =>
        join.onRef('payments.school_id', '=', 'refunds.school_id').onRef('payments.id', '=', 'refunds.payment_id'),
      )
      .where('refunds.id', '=', bin(refundId))
      .where('refunds.state', '=', 'succeeded')
      .select(['payments.invoice_id', 'refunds.amount_minor', 'refunds.currency', 'refunds.settled_at'])
      .executeTakeFirst();
    if (!row?.settled_at) return null;
    return { invoiceId: row.invoice_id, amount: Money.of(row.amount_minor, row.currency), completedAt: row.settled_at };
  }
}
