import type { MessageTemplate } from './engine.js';
import type { InvoiceView } from './invoice-view.js';

export const creditNoteIssued: MessageTemplate<InvoiceView> = {
  da: {
    subject: 'Kreditnota <%= it.invoice.number %> fra <%= it.sender.name %>',
    heading: 'Kreditnota <%= it.invoice.number %>',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Her er din kreditnota. Den er vedhæftet som PDF. Du skal ikke gøre noget.',
    ],
    facts: [
      ['Beløb', '<%= it.invoice.gross %>'],
      ['Heraf moms', '<%= it.invoice.vat %>'],
      ['Dato', '<%= it.invoice.issuedOn %>'],
    ],
  },
  en: {
    subject: 'Credit note <%= it.invoice.number %> from <%= it.sender.name %>',
    heading: 'Credit note <%= it.invoice.number %>',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'Here is your credit note. It is attached as a PDF. There is nothing to do.',
    ],
    facts: [
      ['Amount', '<%= it.invoice.gross %>'],
      ['VAT included', '<%= it.invoice.vat %>'],
      ['Date', '<%= it.invoice.issuedOn %>'],
    ],
  },
};
