import type { MessageTemplate } from './engine.js';
import { reminderSample, type ReminderView } from './invoice-view.js';

const link = '{% if invoice.payLink %} {{ invoice.payLink }}{% endif %}';

export const cardNotCharged: MessageTemplate<ReminderView> = {
  sample: reminderSample,
  da: {
    subject: 'Vi kunne ikke trække faktura {{ invoice.number }} på dit kort',
    heading: 'Dit kort blev ikke trukket',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Din bank lod os ikke trække faktura {{ invoice.number }} på det kort, du har gemt. Betal den selv her, så er den ordnet.',
    ],
    facts: [
      ['Mangler', '{{ reminder.outstanding }}'],
      ['Forfalder', '{{ invoice.dueOn }}'],
    ],
    action: { label: 'Betal nu', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Dit kort blev ikke trukket for faktura {{ invoice.number }}, {{ reminder.outstanding }}. Betal selv:${link}`,
  },
  en: {
    subject: 'We could not charge invoice {{ invoice.number }} to your card',
    heading: 'Your card was not charged',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Your bank did not let us charge invoice {{ invoice.number }} to the card that you have saved. Pay it here yourself, and it is done.',
    ],
    facts: [
      ['Outstanding', '{{ reminder.outstanding }}'],
      ['Due', '{{ invoice.dueOn }}'],
    ],
    action: { label: 'Pay now', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Your card was not charged for invoice {{ invoice.number }}, {{ reminder.outstanding }}. Pay it yourself:${link}`,
  },
};
