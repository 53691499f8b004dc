import type { Id } from '../../../platform/values/id.js';
import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import type { Money } from '../../../platform/values/money.js';

/** What a customer is to pay, and where he comes back to. The payment's id is the idempotency key. */
export interface CheckoutIntent {
  readonly paymentId: Id;
  readonly schoolId: Id;
  /** Whom the customer pays: the school's name. */
  readonly payee: string;
  readonly amount: Money;
  /** Shown to the customer; without personal data. */
  readonly description: string;
  readonly locale: 'da' | 'en';
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Date;
}

/** Money to give back. The refund's id is the idempotency key. */
export interface RefundIntent {
  readonly refundId: Id;
  readonly schoolId: Id;
  /** The gateway's name for the money taken. */
  readonly chargeRef: string;
  readonly amount: Money;
}

export interface CheckoutOpened {
  readonly outcome: 'accepted';
  readonly ref: string;
  /** Where the customer pays. */
  readonly url: string;
}

/** How a checkout stands, by the gateway's own evidence. */
export type CheckoutStatus =
  | { readonly state: 'open'; readonly ref: string; readonly url: string | null }
  | { readonly state: 'paid'; readonly ref: string; readonly chargeRef: string | null; readonly received: Money }
  | { readonly state: 'failed' | 'expired'; readonly ref: string; readonly reason: string | null };

export type RefundStatus =
  | { readonly state: 'pending' | 'succeeded'; readonly ref: string }
  | { readonly state: 'failed'; readonly ref: string; readonly reason: string };

export interface Known<Status> {
  readonly outcome: 'accepted';
  readonly status: Status;
}

/** A provider that takes money for the school. Holds no state; answers in our words, and throws only for our own mistakes. */
export abstract class PaymentGateway {
  /** Stored on every payment: refunds and webhooks follow it. */
  abstract readonly provider: string;

  /** The same payment id opens one checkout, however often it is asked for. */
  abstract createCheckout(intent: CheckoutIntent): Promise<CheckoutOpened | Rejected | Unknown>;

  abstract fetchCheckout(ref: string): Promise<Known<CheckoutStatus> | Rejected | Unknown>;

  /** Nobody can pay it afterwards. Answers how it stands then, which may be paid. */
  abstract expireCheckout(ref: string): Promise<Known<CheckoutStatus> | Rejected | Unknown>;

  /** The same refund id gives money back once, however often it is asked for. */
  abstract refund(intent: RefundIntent): Promise<Known<RefundStatus> | Rejected | Unknown>;

  /** By the gateway's reference, or by our id when its answer was lost. Rejected: the gateway has no such refund. */
  abstract fetchRefund(intent: RefundIntent, ref: string | null): Promise<Known<RefundStatus> | Rejected | Unknown>;
}
