import type { MessageTemplate } from './engine.js';
import { invoiceSample, type InvoiceView } from './invoice-view.js';

const link = '{% if invoice.payLink %} {{ invoice.payLink }}{% endif %}';

export const paymentFailed: MessageTemplate<InvoiceView> = {
  sample: invoiceSample,
  da: {
    subject: 'Betalingen af faktura {{ invoice.number }} gik ikke igennem',
    heading: 'Din betaling gik ikke igennem',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Din bank eller din betalingsapp sagde nej, og vi har ikke fået pengene for faktura {{ invoice.number }}. Prøv igen her, gerne med et andet kort.',
    ],
    facts: [
      ['Fakturabeløb', '{{ invoice.gross }}'],
      ['Forfalder', '{{ invoice.dueOn }}'],
    ],
    action: { label: 'Betal nu', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Betalingen af faktura {{ invoice.number }} gik ikke igennem. Prøv igen:${link}`,
  },
  en: {
    subject: 'The payment of invoice {{ invoice.number }} did not go through',
    heading: 'Your payment did not go through',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Your bank or your payment app said no, and we have not got the money for invoice {{ invoice.number }}. Try again here, perhaps with another card.',
    ],
    facts: [
      ['Invoice amount', '{{ invoice.gross }}'],
      ['Due', '{{ invoice.dueOn }}'],
    ],
    action: { label: 'Pay now', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: The payment of invoice {{ invoice.number }} did not go through. Try again:${link}`,
  },
};
