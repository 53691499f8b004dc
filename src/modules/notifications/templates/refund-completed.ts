import type { MessageTemplate } from './engine.js';
import type { PaymentView } from './invoice-view.js';

export const refundCompleted: MessageTemplate<PaymentView> = {
  da: {
    subject: 'Tilbagebetaling: faktura <%= it.invoice.number %>',
    heading: 'Vi har betalt penge tilbage til dig',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Pengene er på vej tilbage, samme vej som du betalte. Det kan tage nogle bankdage.',
    ],
    facts: [
      ['Beløb', '<%= it.payment.amount %>'],
      ['Dato', '<%= it.payment.on %>'],
      ['Faktura', '<%= it.invoice.number %>'],
    ],
  },
  en: {
    subject: 'Refund: invoice <%= it.invoice.number %>',
    heading: 'We have sent money back to you',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'The money is on its way back the way you paid. It may take some bank days.',
    ],
    facts: [
      ['Amount', '<%= it.payment.amount %>'],
      ['Date', '<%= it.payment.on %>'],
      ['Invoice', '<%= it.invoice.number %>'],
    ],
  },
};
