import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';

/** Money to give back. The refund's id is the idempotency key. */
export interface RefundIntent {
  readonly refundId: Id;
  readonly schoolId: Id;
  readonly account: string | null;
  /** The gateway's name for the money taken. */
  readonly chargeRef: string;
  readonly amount: Money;
}

export type RefundStatus =
  | { readonly state: 'pending' | 'succeeded'; readonly ref: string }
  | { readonly state: 'failed'; readonly ref: string; readonly reason: string };
