import type { MessageTemplate } from './engine.js';
import { paymentSample, type PaymentView } from './invoice-view.js';

export const refundCompleted: MessageTemplate<PaymentView> = {
  sample: paymentSample,
  da: {
    subject: 'Tilbagebetaling: faktura {{ invoice.number }}',
    heading: 'Vi har betalt penge tilbage til dig',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Pengene er på vej tilbage, samme vej som du betalte. Det kan tage nogle bankdage.',
    ],
    facts: [
      ['Beløb', '{{ payment.amount }}'],
      ['Dato', '{{ payment.on }}'],
      ['Faktura', '{{ invoice.number }}'],
    ],
  },
  en: {
    subject: 'Refund: invoice {{ invoice.number }}',
    heading: 'We have sent money back to you',
    paragraphs: ['Hi {{ reader.name }}', 'The money is on its way back the way you paid. It may take some bank days.'],
    facts: [
      ['Amount', '{{ payment.amount }}'],
      ['Date', '{{ payment.on }}'],
      ['Invoice', '{{ invoice.number }}'],
    ],
  },
};
