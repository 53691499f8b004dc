import type { MessageTemplate } from './engine.js';
import type { InvoiceView } from './invoice-view.js';

export const invoiceIssued: MessageTemplate<InvoiceView> = {
  da: {
    subject: 'Faktura <%= it.invoice.number %> fra <%= it.sender.name %>',
    heading: 'Faktura <%= it.invoice.number %>',
    paragraphs: ['Hej <%= it.reader.name %>', 'Her er din faktura. Den er vedhæftet som PDF.'],
    facts: [
      ['Beløb', '<%= it.invoice.gross %>'],
      ['Heraf moms', '<%= it.invoice.vat %>'],
      ['Dato', '<%= it.invoice.issuedOn %>'],
      ['Betales senest', '<%= it.invoice.dueOn %>'],
    ],
    action: { label: 'Betal nu', link: '<%= it.invoice.payLink %>' },
  },
  en: {
    subject: 'Invoice <%= it.invoice.number %> from <%= it.sender.name %>',
    heading: 'Invoice <%= it.invoice.number %>',
    paragraphs: ['Hi <%= it.reader.name %>', 'Here is your invoice. It is attached as a PDF.'],
    facts: [
      ['Amount', '<%= it.invoice.gross %>'],
      ['VAT included', '<%= it.invoice.vat %>'],
      ['Date', '<%= it.invoice.issuedOn %>'],
      ['Due', '<%= it.invoice.dueOn %>'],
    ],
    action: { label: 'Pay now', link: '<%= it.invoice.payLink %>' },
  },
};
