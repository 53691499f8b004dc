import type { Money } from '../../../platform/values/money.js';

export interface BillLine {
  readonly text: string;
  /** VAT included; negative for what a change gives back. */
  readonly amount: Money;
  readonly from: Date;
  readonly until: Date;
}

/** What the gateway asks a school for, by its own evidence. */
export interface Bill {
  readonly ref: string;
  /** The gateway's own number; ours is the invoice's. */
  readonly number: string | null;
  readonly subscriptionRef: string;
  readonly state: 'open' | 'paid' | 'uncollectible' | 'void';
  /** The sum of the lines, VAT included; negative when a change gave back more than it cost. */
  readonly total: Money;
  /** What was taken for it; below the total where credit from an earlier bill paid the rest. */
  readonly received: Money;
  readonly lines: readonly BillLine[];
  readonly issuedAt: Date;
  readonly paidAt: Date | null;
  /** The gateway's names for the payment and for the money; null when nothing was taken. */
  readonly paymentRef: string | null;
  readonly chargeRef: string | null;
  /** Where it can be paid; null when there is nothing to pay. */
  readonly url: string | null;
  /** How often the gateway has tried to take the money. */
  readonly attempts: number;
}

export interface BillQuery {
  /** Made at that moment or later. */
  readonly since: Date;
  /** The last bill of the piece before. */
  readonly after: string | null;
}

/** A piece of all bills, newest first. */
export interface BillPage {
  readonly bills: readonly Bill[];
  readonly hasMore: boolean;
}
