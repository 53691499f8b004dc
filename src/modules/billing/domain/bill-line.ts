import type { LinePrice } from '../../finance/index.js';
import type { BillLine } from '../ports/bill.js';

const day = (at: Date) => at.toISOString().slice(0, 10);

/** A line of a bill as it stands on the invoice: its amount to the øre, with the VAT in it. */
export function billLine(
  { text, amount, from, until }: BillLine,
  vatRateBp: number,
): LinePrice & { readonly description: string } {
  const period = ` (${day(from)} – ${day(until)})`;
  return { description: `${text.slice(0, 200 - period.length)}${period}`, quantity: 1, unitGross: amount, vatRateBp };
}
