import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Id } from '../../../platform/values/id.js';

/** An invoice or a credit note has got its number. */
export class InvoiceIssued extends DomainEvent<{ invoiceId: Id }> {
  static override readonly eventName = 'finance.invoice_issued';
}

/** Money for an invoice has arrived, proven by the gateway. */
export class PaymentReceived extends DomainEvent<{ paymentId: Id; invoiceId: Id }> {
  static override readonly eventName = 'finance.payment_received';
}

/** Money of a payment has been given to another invoice than the one it came for: credit was used, or one payment paid several. */
export class CreditUsed extends DomainEvent<{ paymentId: Id; invoiceId: Id }> {
  static override readonly eventName = 'finance.credit_used';
}

/** Less is owed of an invoice than it says: a part or all of it has been credited or written off. */
export class InvoiceReduced extends DomainEvent<{ invoiceId: Id }> {
  static override readonly eventName = 'finance.invoice_reduced';
}

/** A payment ended without money: declined, cancelled or expired. */
export class PaymentFailed extends DomainEvent<{ paymentId: Id; invoiceId: Id }> {
  static override readonly eventName = 'finance.payment_failed';
}

/** Somebody decided to give money back; the gateway has not been asked yet. */
export class RefundRequested extends DomainEvent<{ refundId: Id }> {
  static override readonly eventName = 'finance.refund_requested';
}

/** The gateway has given the money back. */
export class RefundCompleted extends DomainEvent<{ refundId: Id }> {
  static override readonly eventName = 'finance.refund_completed';
}
