import type { MessageTemplate } from './engine.js';
import { paymentSample, type PaymentView } from './invoice-view.js';

export const paymentReceived: MessageTemplate<PaymentView> = {
  sample: paymentSample,
  da: {
    subject: 'Kvittering: faktura {{ invoice.number }}',
    heading: 'Tak for din betaling',
    paragraphs: ['Hej {{ reader.name }}', 'Vi har modtaget din betaling.'],
    facts: [
      ['Betalt', '{{ payment.amount }}'],
      ['Dato', '{{ payment.on }}'],
      ['Faktura', '{{ invoice.number }}'],
      ['Fakturabeløb', '{{ invoice.gross }}'],
    ],
  },
  en: {
    subject: 'Receipt: invoice {{ invoice.number }}',
    heading: 'Thank you for your payment',
    paragraphs: ['Hi {{ reader.name }}', 'We have received your payment.'],
    facts: [
      ['Paid', '{{ payment.amount }}'],
      ['Date', '{{ payment.on }}'],
      ['Invoice', '{{ invoice.number }}'],
      ['Invoice amount', '{{ invoice.gross }}'],
    ],
  },
};
