import type { MessageTemplate } from './engine.js';
import { invoiceSample, type InvoiceView } from './invoice-view.js';

export const creditNoteIssued: MessageTemplate<InvoiceView> = {
  sample: invoiceSample,
  da: {
    subject: 'Kreditnota {{ invoice.number }} fra {{ sender.name }}',
    heading: 'Kreditnota {{ invoice.number }}',
    paragraphs: ['Hej {{ reader.name }}', 'Her er din kreditnota. Den er vedhæftet som PDF. Du skal ikke gøre noget.'],
    facts: [
      ['Beløb', '{{ invoice.gross }}'],
      ['Heraf moms', '{{ invoice.vat }}'],
      ['Dato', '{{ invoice.issuedOn }}'],
    ],
  },
  en: {
    subject: 'Credit note {{ invoice.number }} from {{ sender.name }}',
    heading: 'Credit note {{ invoice.number }}',
    paragraphs: ['Hi {{ reader.name }}', 'Here is your credit note. It is attached as a PDF. There is nothing to do.'],
    facts: [
      ['Amount', '{{ invoice.gross }}'],
      ['VAT included', '{{ invoice.vat }}'],
      ['Date', '{{ invoice.issuedOn }}'],
    ],
  },
};
