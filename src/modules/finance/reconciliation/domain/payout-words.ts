import type { Texts } from '../../../../platform/http/problem.js';
import type { MovementKind } from '../../ports/gateway-books.js';

/** The columns of the payout report. */
export const payoutHeadings: readonly Texts[] = [
  { da: 'Udbetalt', en: 'Paid out' },
  { da: 'Udbetaling', en: 'Payout' },
  { da: 'Type', en: 'Kind' },
  { da: 'Dato', en: 'Date' },
  { da: 'Reference', en: 'Reference' },
  { da: 'Faktura', en: 'Invoice' },
  { da: 'Beløb', en: 'Amount' },
  { da: 'Gebyr', en: 'Fee' },
  { da: 'Netto', en: 'Net' },
];

/** What the payout report calls a line; the payout itself is the sum of its lines. */
export const movementWords: Readonly<Record<MovementKind, Texts>> = {
  payment: { da: 'Betaling', en: 'Payment' },
  refund: { da: 'Refusion', en: 'Refund' },
  refund_failure: { da: 'Refusion kom retur', en: 'Refund came back' },
  dispute: { da: 'Indsigelse', en: 'Dispute' },
  dispute_reversal: { da: 'Indsigelse vundet', en: 'Dispute won' },
  fee: { da: 'Gebyr', en: 'Fee' },
  payout: { da: 'Til banken', en: 'To the bank' },
  payout_failure: { da: 'Udbetaling kom retur', en: 'Payout came back' },
  other: { da: 'Andet', en: 'Other' },
};
