import type { MessageTemplate } from './engine.js';
import { reminderSample, type ReminderView } from './invoice-view.js';

const link = '{% if invoice.payLink %} {{ invoice.payLink }}{% endif %}';

const facts = {
  da: [
    ['Mangler', '{{ reminder.outstanding }}'],
    ['Skulle være betalt', '{{ invoice.dueOn }}'],
    ['Rykkergebyr', '{{ reminder.fee }}'],
  ],
  en: [
    ['Outstanding', '{{ reminder.outstanding }}'],
    ['Was due', '{{ invoice.dueOn }}'],
    ['Reminder fee', '{{ reminder.fee }}'],
  ],
} as const;

export const paymentReminder: MessageTemplate<ReminderView> = {
  sample: reminderSample,
  da: {
    subject: 'Påmindelse: faktura {{ invoice.number }}',
    heading: 'Har du glemt at betale?',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Vi har ikke modtaget hele betalingen af faktura {{ invoice.number }}. Har du lige betalt, skal du ikke gøre mere.',
    ],
    facts: facts.da,
    action: { label: 'Betal nu', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Faktura {{ invoice.number }}, {{ reminder.outstanding }}, skulle være betalt {{ invoice.dueOn }}.${link}`,
  },
  en: {
    subject: 'Reminder: invoice {{ invoice.number }}',
    heading: 'Have you forgotten to pay?',
    paragraphs: [
      'Hi {{ reader.name }}',
      'We have not received all of the payment of invoice {{ invoice.number }}. If you have just paid, you need not do more.',
    ],
    facts: facts.en,
    action: { label: 'Pay now', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Invoice {{ invoice.number }}, {{ reminder.outstanding }}, was due {{ invoice.dueOn }}.${link}`,
  },
};

export const paymentFeeReminder: MessageTemplate<ReminderView> = {
  sample: reminderSample,
  da: {
    subject: 'Rykker: faktura {{ invoice.number }}',
    heading: 'Rykker',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Faktura {{ invoice.number }} er stadig ikke betalt. Rykkergebyret står på en faktura for sig. Kontakt os, hvis du ikke kan betale.',
    ],
    facts: facts.da,
    action: { label: 'Betal nu', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Rykker: faktura {{ invoice.number }}, {{ reminder.outstanding }}, er ikke betalt. Gebyr {{ reminder.fee }}.${link}`,
  },
  en: {
    subject: 'Payment reminder with fee: invoice {{ invoice.number }}',
    heading: 'Payment reminder',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Invoice {{ invoice.number }} has still not been paid. The reminder fee is on an invoice of its own. Write to us if you cannot pay.',
    ],
    facts: facts.en,
    action: { label: 'Pay now', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Reminder: invoice {{ invoice.number }}, {{ reminder.outstanding }}, has not been paid. Fee {{ reminder.fee }}.${link}`,
  },
};

export const bookingStopped: MessageTemplate<ReminderView> = {
  sample: reminderSample,
  da: {
    subject: 'Du kan ikke booke, før faktura {{ invoice.number }} er betalt',
    heading: 'Booking er sat på pause',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Du kan ikke booke flere tider, før faktura {{ invoice.number }} er betalt. Når vi har pengene, kan du booke igen med det samme.',
    ],
    facts: facts.da,
    action: { label: 'Betal nu', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: Du kan ikke booke, før faktura {{ invoice.number }}, {{ reminder.outstanding }}, er betalt.${link}`,
  },
  en: {
    subject: 'You cannot book until invoice {{ invoice.number }} is paid',
    heading: 'Booking is paused',
    paragraphs: [
      'Hi {{ reader.name }}',
      'You cannot book more lessons until invoice {{ invoice.number }} is paid. Once we have the money, you can book again at once.',
    ],
    facts: facts.en,
    action: { label: 'Pay now', link: '{{ invoice.payLink }}' },
    sms: `{{ sender.name }}: You cannot book until invoice {{ invoice.number }}, {{ reminder.outstanding }}, is paid.${link}`,
  },
};
