import type { Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';

export const movementKinds = [
  'payment',
  'refund',
  'refund_failure',
  'dispute',
  'dispute_reversal',
  'fee',
  'payout',
  'payout_failure',
  'other',
] as const;
export type MovementKind = (typeof movementKinds)[number];

/** One line of the gateway's own books. */
export interface Movement {
  /** The gateway's name for the line; the same line has the same name for ever. */
  readonly ref: string;
  readonly kind: MovementKind;
  /** Positive towards the school. */
  readonly amount: Money;
  /** What the gateway keeps of it. */
  readonly fee: Money;
  readonly at: Date;
  /** Of a payment, or of what a refund or dispute takes back. */
  readonly chargeRef: string | null;
  /** The gateway's name for the refund, dispute or payout itself. */
  readonly sourceRef: string | null;
  /** What we told the gateway when we made it; null when it was not made by us. */
  readonly schoolId: Id | null;
  readonly paymentId: Id | null;
  readonly refundId: Id | null;
}

/** A piece of the gateway's books, in an order of its own. */
export interface MovementPage {
  readonly movements: readonly Movement[];
  readonly hasMore: boolean;
}

export interface MovementQuery {
  readonly account: string | null;
  /** From that moment on. */
  readonly since: Date;
  /** The last line of the piece before. */
  readonly after: string | null;
}

export type DisputeState = 'opened' | 'won' | 'lost';

/** The customer's bank takes money back, or gives it up again. */
export interface DisputeNews {
  readonly ref: string;
  readonly chargeRef: string;
  readonly account: string | null;
  readonly state: DisputeState;
  readonly amount: Money;
  readonly reason: string;
}
