import type { MessageTemplate } from './engine.js';
import { invoiceSample, type InvoiceView } from './invoice-view.js';

export const invoiceIssued: MessageTemplate<InvoiceView> = {
  sample: invoiceSample,
  da: {
    subject: 'Faktura {{ invoice.number }} fra {{ sender.name }}',
    heading: 'Faktura {{ invoice.number }}',
    paragraphs: ['Hej {{ reader.name }}', 'Her er din faktura. Den er vedhæftet som PDF.'],
    facts: [
      ['Beløb', '{{ invoice.gross }}'],
      ['Heraf moms', '{{ invoice.vat }}'],
      ['Dato', '{{ invoice.issuedOn }}'],
      ['Betales senest', '{{ invoice.dueOn }}'],
    ],
    action: { label: 'Betal nu', link: '{{ invoice.payLink }}' },
  },
  en: {
    subject: 'Invoice {{ invoice.number }} from {{ sender.name }}',
    heading: 'Invoice {{ invoice.number }}',
    paragraphs: ['Hi {{ reader.name }}', 'Here is your invoice. It is attached as a PDF.'],
    facts: [
      ['Amount', '{{ invoice.gross }}'],
      ['VAT included', '{{ invoice.vat }}'],
      ['Date', '{{ invoice.issuedOn }}'],
      ['Due', '{{ invoice.dueOn }}'],
    ],
    action: { label: 'Pay now', link: '{{ invoice.payLink }}' },
  },
};
