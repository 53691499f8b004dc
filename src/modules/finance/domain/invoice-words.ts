export interface InvoiceWords {
  readonly invoice: string;
  readonly creditNote: string;
  readonly number: string;
  readonly issued: string;
  readonly due: string;
  readonly cvr: string;
  readonly ean: string;
  readonly reference: string;
  readonly student: string;
  readonly reason: string;
  readonly payOnline: string;
  readonly description: string;
  readonly quantity: string;
  readonly unitPrice: string;
  readonly vatRate: string;
  readonly amount: string;
  readonly net: string;
  readonly vatAt: (rate: string) => string;
  readonly total: string;
  readonly toPay: string;
  readonly credits: (number: number) => string;
  readonly payBy: (date: string) => string;
  readonly payTo: (account: string, number: number) => string;
  readonly giro: (line: string) => string;
  readonly page: (page: number, pages: number) => string;
}

/** What an invoice says, in the languages it is written in. */
export const invoiceWords: Readonly<Record<'da' | 'en', InvoiceWords>> = {
  da: {
    invoice: 'Faktura',
    creditNote: 'Kreditnota',
    number: 'Nummer',
    issued: 'Dato',
    due: 'Forfald',
    cvr: 'CVR-nr.',
    ean: 'EAN-nr.',
    reference: 'Reference',
    student: 'Elev',
    reason: 'Årsag',
    payOnline: 'Betal på nettet, eller scan koden:',
    description: 'Beskrivelse',
    quantity: 'Antal',
    unitPrice: 'Pris',
    vatRate: 'Moms',
    amount: 'Beløb',
    net: 'Beløb uden moms',
    vatAt: (rate) => `Moms ${rate}`,
    total: 'I alt inkl. moms',
    toPay: 'Betaling',
    credits: (number) => `Krediterer faktura nr. ${number}`,
    payBy: (date) => `Betales senest ${date}.`,
    payTo: (account, number) => `Bankkonto ${account}. Angiv fakturanummer ${number}.`,
    giro: (line) => `Indbetalingskort: ${line}`,
    page: (page, pages) => `Side ${page} af ${pages}`,
  },
  en: {
    invoice: 'Invoice',
    creditNote: 'Credit note',
    number: 'Number',
    issued: 'Date',
    due: 'Due',
    cvr: 'CVR no.',
    ean: 'EAN no.',
    reference: 'Reference',
    student: 'Student',
    reason: 'Reason',
    payOnline: 'Pay online, or scan the code:',
    description: 'Description',
    quantity: 'Quantity',
    unitPrice: 'Price',
    vatRate: 'VAT',
    amount: 'Amount',
    net: 'Amount without VAT',
    vatAt: (rate) => `VAT ${rate}`,
    total: 'Total including VAT',
    toPay: 'Payment',
    credits: (number) => `Credits invoice no. ${number}`,
    payBy: (date) => `Please pay by ${date}.`,
    payTo: (account, number) => `Bank account ${account}. State invoice number ${number}.`,
    giro: (line) => `Giro: ${line}`,
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
};
