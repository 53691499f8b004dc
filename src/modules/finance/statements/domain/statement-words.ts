import type { TransferSource } from '../../domain/ledger.js';

interface StatementWords {
  readonly title: string;
  readonly date: string;
  readonly text: string;
  readonly amount: string;
  readonly balance: string;
  readonly opening: string;
  readonly closing: string;
  readonly cvr: string;
  readonly period: (from: string | null, until: string) => string;
  readonly page: (page: number) => string;
  readonly kinds: Readonly<Record<TransferSource, string>>;
}

/** What a statement of account says, in the languages it is written in. */
export const statementWords: Readonly<Record<'da' | 'en', StatementWords>> = {
  da: {
    title: 'Kontoudtog',
    date: 'Dato',
    text: 'Tekst',
    amount: 'Beløb',
    balance: 'Saldo',
    opening: 'Primo',
    closing: 'Saldo i alt',
    cvr: 'CVR-nr.',
    period: (from, until) => (from ? `Periode: ${from} – ${until}` : `Til og med ${until}`),
    page: (page) => `Side ${page}`,
    kinds: {
      invoice: 'Faktura',
      credit_note: 'Kreditnota',
      payment: 'Betaling',
      payment_reversal: 'Betaling tilbageført',
      refund: 'Tilbagebetaling',
      refund_failure: 'Tilbagebetaling kom retur',
      delivery: 'Levering',
      delivery_reversal: 'Levering tilbageført',
      cash_difference: 'Kassedifference',
      write_off: 'Afskrevet',
      write_off_reversal: 'Afskrivning tilbageført',
      cash_banked: 'Kontant til bank',
      dispute: 'Indsigelse',
      dispute_reversal: 'Indsigelse vundet',
      gateway_fee: 'Gebyr til betalingsformidler',
      payout: 'Udbetaling fra betalingsformidler',
      gateway_posting: 'Postering hos betalingsformidler',
    },
  },
  en: {
    title: 'Statement of account',
    date: 'Date',
    text: 'Text',
    amount: 'Amount',
    balance: 'Balance',
    opening: 'Opening balance',
    closing: 'Closing balance',
    cvr: 'CVR no.',
    period: (from, until) => (from ? `Period: ${from} – ${until}` : `Up to ${until}`),
    page: (page) => `Page ${page}`,
    kinds: {
      invoice: 'Invoice',
      credit_note: 'Credit note',
      payment: 'Payment',
      payment_reversal: 'Payment reversed',
      refund: 'Refund',
      refund_failure: 'Refund came back',
      delivery: 'Delivery',
      delivery_reversal: 'Delivery reversed',
      cash_difference: 'Cash difference',
      write_off: 'Written off',
      write_off_reversal: 'Write-off reversed',
      cash_banked: 'Cash to bank',
      dispute: 'Disputed by the bank',
      dispute_reversal: 'Dispute won',
      gateway_fee: 'Payment provider’s fee',
      payout: 'Payout by the payment provider',
      gateway_posting: 'Line of the payment provider',
    },
  },
};
