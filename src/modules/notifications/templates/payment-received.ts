import type { MessageTemplate } from './engine.js';
import type { PaymentView } from './invoice-view.js';

export const paymentReceived: MessageTemplate<PaymentView> = {
  da: {
    subject: 'Kvittering: faktura <%= it.invoice.number %>',
    heading: 'Tak for din betaling',
    paragraphs: ['Hej <%= it.reader.name %>', 'Vi har modtaget din betaling.'],
    facts: [
      ['Betalt', '<%= it.payment.amount %>'],
      ['Dato', '<%= it.payment.on %>'],
      ['Faktura', '<%= it.invoice.number %>'],
      ['Fakturabeløb', '<%= it.invoice.gross %>'],
    ],
  },
  en: {
    subject: 'Receipt: invoice <%= it.invoice.number %>',
    heading: 'Thank you for your payment',
    paragraphs: ['Hi <%= it.reader.name %>', 'We have received your payment.'],
    facts: [
      ['Paid', '<%= it.payment.amount %>'],
      ['Date', '<%= it.payment.on %>'],
      ['Invoice', '<%= it.invoice.number %>'],
      ['Invoice amount', '<%= it.invoice.gross %>'],
    ],
  },
};
