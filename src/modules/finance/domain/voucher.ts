import type { Id } from '../../../platform/values/id.js';
import type { TransferSource } from './ledger.js';

export interface VoucherText {
  readonly voucher: string;
  readonly text: string;
}

const words: Readonly<Record<TransferSource, string>> = {
  invoice: 'Faktura',
  credit_note: 'Kreditnota',
  payment: 'Betaling',
  payment_reversal: 'Betaling tilbageført',
  refund: 'Refusion',
  refund_failure: 'Refusion tilbageført',
  delivery: 'Levering',
  delivery_reversal: 'Levering tilbageført',
  cash_difference: 'Kassedifference',
  write_off: 'Tab',
  write_off_reversal: 'Tab tilbageført',
  cash_banked: 'Kontant til bank',
  dispute: 'Indsigelse',
  dispute_reversal: 'Indsigelse vundet',
  gateway_fee: 'Gebyr til betalingsformidler',
  payout: 'Udbetaling fra betalingsformidler',
  gateway_posting: 'Postering hos betalingsformidler',
};

const marks: Readonly<Record<TransferSource, string>> = {
  invoice: '',
  credit_note: '',
  payment: 'P',
  payment_reversal: 'B',
  refund: 'R',
  refund_failure: 'T',
  delivery: 'L',
  delivery_reversal: 'LT',
  cash_difference: 'K',
  write_off: 'A',
  write_off_reversal: 'AT',
  cash_banked: 'KB',
  dispute: 'IN',
  dispute_reversal: 'IV',
  gateway_fee: 'GB',
  payout: 'UB',
  gateway_posting: 'GP',
};

/** What the journal calls a posting: the invoice's number, or a mark made of the payment's id. */
export function voucherText(source: TransferSource, sourceId: Id, invoiceNumber: number | null): VoucherText {
  const voucher =
    invoiceNumber === null ? `${marks[source]}${sourceId.slice(-12).toUpperCase()}` : String(invoiceNumber);
  return { voucher, text: `${words[source]} ${voucher}` };
}

/** The code Danish bookkeeping systems know VAT on sales by: U25 for 25 %. */
export function vatCode(vatRateBp: number | null): string | null {
  return vatRateBp ? `U${vatRateBp / 100}` : null;
}
