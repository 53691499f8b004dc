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
