import type { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';

/** One line of the general journal. Without personal data: the voucher leads to the invoice, which names the buyer. */
export interface JournalEntry {
  readonly date: LocalDate;
  /** An invoice's number, or the mark of a payment or refund. */
  readonly voucher: string;
  /** The account's number in the school's bookkeeping. */
  readonly account: string;
  readonly text: string;
  /** Null on the side where nothing is booked. */
  readonly debit: Money | null;
  readonly credit: Money | null;
  /** The bookkeeping's code for the VAT rate of a sale; null for other lines. */
  readonly vatCode: string | null;
}
