import { Money } from '../../../platform/values/money.js';
import type { Wording } from './wording.js';

/** What the texts about an invoice may use as `invoice`; amounts and dates formatted for their reader. */
export interface InvoiceView {
  readonly invoice: {
    readonly number: string;
    readonly gross: string;
    readonly vat: string;
    readonly issuedOn: string;
    readonly dueOn: string;
    /** Where it can be paid; empty when it cannot, or is paid already. */
    readonly payLink: string;
  };
}

/** What the texts about an unpaid invoice may use beside it. */
export interface ReminderView extends InvoiceView {
  readonly reminder: { readonly outstanding: string; readonly fee: string };
}

/** What the texts about money that moved may use beside the invoice. */
export interface PaymentView extends InvoiceView {
  readonly payment: { readonly amount: string; readonly on: string };
}

export function invoiceSample(words: Wording): InvoiceView {
  return {
    invoice: {
      number: '1042',
      gross: words.amount(Money.of(65_000)),
      vat: words.amount(Money.of(13_000)),
      issuedOn: words.date('2026-12-01'),
      dueOn: words.date('2026-12-15'),
      payLink: 'https://pay.example/1042',
    },
  };
}

export function reminderSample(words: Wording): ReminderView {
  const amounts = { outstanding: words.amount(Money.of(65_000)), fee: words.amount(Money.of(10_000)) };
  return { ...invoiceSample(words), reminder: amounts };
}

export function paymentSample(words: Wording): PaymentView {
  return { ...invoiceSample(words), payment: { amount: words.amount(Money.of(65_000)), on: words.date('2026-12-02') } };
}
