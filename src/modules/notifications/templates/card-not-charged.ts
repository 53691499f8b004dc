import type { MessageTemplate } from './engine.js';
import type { ReminderView } from './invoice-view.js';

const link = '<% if (it.invoice.payLink) { %> <%= it.invoice.payLink %><% } %>';

export const cardNotCharged: MessageTemplate<ReminderView> = {
  da: {
    subject: 'Vi kunne ikke trække faktura <%= it.invoice.number %> på dit kort',
    heading: 'Dit kort blev ikke trukket',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Din bank lod os ikke trække faktura <%= it.invoice.number %> på det kort, du har gemt. Betal den selv her, så er den ordnet.',
    ],
    facts: [
      ['Mangler', '<%= it.reminder.outstanding %>'],
      ['Forfalder', '<%= it.invoice.dueOn %>'],
    ],
    action: { label: 'Betal nu', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: Dit kort blev ikke trukket for faktura <%= it.invoice.number %>, <%= it.reminder.outstanding %>. Betal selv:${link}`,
  },
  en: {
    subject: 'We could not charge invoice <%= it.invoice.number %> to your card',
    heading: 'Your card was not charged',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'Your bank did not let us charge invoice <%= it.invoice.number %> to the card that you have saved. Pay it here yourself, and it is done.',
    ],
    facts: [
      ['Outstanding', '<%= it.reminder.outstanding %>'],
      ['Due', '<%= it.invoice.dueOn %>'],
    ],
    action: { label: 'Pay now', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: Your card was not charged for invoice <%= it.invoice.number %>, <%= it.reminder.outstanding %>. Pay it yourself:${link}`,
  },
};
