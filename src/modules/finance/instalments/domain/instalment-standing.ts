import type { LocalDate } from '../../../../platform/values/zone.js';
import type { InvoiceState } from '../../domain/invoice.js';
import type { InstalmentState } from './instalment-plan.js';

export const instalmentStandings = ['planned', 'invoiced', 'paid', 'late', 'cancelled'] as const;
export type InstalmentStanding = (typeof instalmentStandings)[number];

export interface FoundInstalment {
  readonly state: InstalmentState;
  readonly dueOn: LocalDate;
  /** Of its charges, what is on no invoice yet; minor units. */
  readonly open: number;
  readonly invoice: { readonly state: InvoiceState; readonly unpaid: number } | null;
}

/** How an instalment stands, as its invoice says. Cancelled, too, when nothing is to be paid of it any more: credited or written off. */
export function standingOf({ state, dueOn, open, invoice }: FoundInstalment, today: LocalDate): InstalmentStanding {
  if (!invoice) return state === 'planned' && open > 0 ? 'planned' : 'cancelled';
  if (invoice.state === 'issued') return dueOn < today ? 'late' : 'invoiced';
  return invoice.state === 'paid' ? 'paid' : 'cancelled';
}

/** What is still to be paid, in minor units. */
export function outstandingOf({ state, open, invoice }: FoundInstalment): number {
  if (invoice) return invoice.unpaid;
  return state === 'planned' ? open : 0;
}
