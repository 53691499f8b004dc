import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';

/** Taken at once, or reserved until somebody takes it. */
export const captureMethods = ['automatic', 'manual'] as const;
export type CaptureMethod = (typeof captureMethods)[number];

/** What every payment says, however it is paid. The payment's id is the idempotency key. */
export interface PaymentIntentRequest {
  readonly paymentId: Id;
  readonly schoolId: Id;
  /** The school's own account at the gateway; null for the platform's. */
  readonly account: string | null;
  readonly amount: Money;
  /** Shown to the customer; without personal data. */
  readonly description: string;
  readonly capture: CaptureMethod;
}

/** What a customer is to pay on the gateway's own page, and where he comes back to. */
export interface CheckoutIntent extends PaymentIntentRequest {
  /** Whom the customer pays: the school's name. */
  readonly payee: string;
  readonly locale: 'da' | 'en';
  readonly successUrl: string;
  readonly cancelUrl: string;
  readonly expiresAt: Date;
}

/** What is taken by a method that the customer has saved, without him. */
export interface CustomerCharge extends PaymentIntentRequest {
  readonly customerRef: string;
  readonly methodRef: string;
}

/** A payment as the gateway knows it. */
export interface PaymentAt {
  readonly ref: string;
  readonly account: string | null;
}

/** What we told the gateway when we made a payment. */
export interface PaymentName {
  readonly schoolId: Id;
  readonly paymentId: Id;
}

/** How much of a reserved payment to take; the rest is let go. */
export interface CaptureIntent extends PaymentAt {
  readonly paymentId: Id;
  readonly amount: Money;
}

export interface CheckoutOpened {
  readonly outcome: 'accepted';
  readonly ref: string;
  /** Where the customer pays. */
  readonly url: string;
}

export interface PaymentIntentOpened {
  readonly outcome: 'accepted';
  readonly ref: string;
  /** What the school's own app hands to the gateway's library. */
  readonly clientSecret: string;
}

/** How a payment stands, by the gateway's own evidence. */
export type PaymentStatus =
  | { readonly state: 'open'; readonly ref: string; readonly url: string | null }
  | {
      readonly state: 'authorized';
      readonly ref: string;
      readonly chargeRef: string | null;
      readonly reserved: Money;
    }
  | { readonly state: 'paid'; readonly ref: string; readonly chargeRef: string | null; readonly received: Money }
  | { readonly state: 'failed' | 'expired'; readonly ref: string; readonly reason: string | null };

/** Reason of a failed charge that the customer himself may still turn into a paid one: his bank wants to see him. */
export const needsCustomer = 'needs_customer';
