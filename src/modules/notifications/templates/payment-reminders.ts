import type { MessageTemplate } from './engine.js';
import type { ReminderView } from './invoice-view.js';

const link = '<% if (it.invoice.payLink) { %> <%= it.invoice.payLink %><% } %>';

const facts = {
  da: [
    ['Mangler', '<%= it.reminder.outstanding %>'],
    ['Skulle være betalt', '<%= it.invoice.dueOn %>'],
    ['Rykkergebyr', '<%= it.reminder.fee %>'],
  ],
  en: [
    ['Outstanding', '<%= it.reminder.outstanding %>'],
    ['Was due', '<%= it.invoice.dueOn %>'],
    ['Reminder fee', '<%= it.reminder.fee %>'],
  ],
} as const;

export const paymentReminder: MessageTemplate<ReminderView> = {
  da: {
    subject: 'Påmindelse: faktura <%= it.invoice.number %>',
    heading: 'Har du glemt at betale?',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Vi har ikke modtaget hele betalingen af faktura <%= it.invoice.number %>. Har du lige betalt, skal du ikke gøre mere.',
    ],
    facts: facts.da,
    action: { label: 'Betal nu', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: Faktura <%= it.invoice.number %>, <%= it.reminder.outstanding %>, skulle være betalt <%= it.invoice.dueOn %>.${link}`,
  },
  en: {
    subject: 'Reminder: invoice <%= it.invoice.number %>',
    heading: 'Have you forgotten to pay?',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'We have not received all of the payment of invoice <%= it.invoice.number %>. If you have just paid, you need not do more.',
    ],
    facts: facts.en,
    action: { label: 'Pay now', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: Invoice <%= it.invoice.number %>, <%= it.reminder.outstanding %>, was due <%= it.invoice.dueOn %>.${link}`,
  },
};

export const paymentFeeReminder: MessageTemplate<ReminderView> = {
  da: {
    subject: 'Rykker: faktura <%= it.invoice.number %>',
    heading: 'Rykker',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Faktura <%= it.invoice.number %> er stadig ikke betalt. Rykkergebyret står på en faktura for sig. Kontakt os, hvis du ikke kan betale.',
    ],
    facts: facts.da,
    action: { label: 'Betal nu', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: Rykker: faktura <%= it.invoice.number %>, <%= it.reminder.outstanding %>, er ikke betalt. Gebyr <%= it.reminder.fee %>.${link}`,
  },
  en: {
    subject: 'Payment reminder with fee: invoice <%= it.invoice.number %>',
    heading: 'Payment reminder',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'Invoice <%= it.invoice.number %> has still not been paid. The reminder fee is on an invoice of its own. Write to us if you cannot pay.',
    ],
    facts: facts.en,
    action: { label: 'Pay now', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: Reminder: invoice <%= it.invoice.number %>, <%= it.reminder.outstanding %>, has not been paid. Fee <%= it.reminder.fee %>.${link}`,
  },
};

export const bookingStopped: MessageTemplate<ReminderView> = {
  da: {
    subject: 'Du kan ikke booke, før faktura <%= it.invoice.number %> er betalt',
    heading: 'Booking er sat på pause',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Du kan ikke booke flere tider, før faktura <%= it.invoice.number %> er betalt. Når vi har pengene, kan du booke igen med det samme.',
    ],
    facts: facts.da,
    action: { label: 'Betal nu', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: Du kan ikke booke, før faktura <%= it.invoice.number %>, <%= it.reminder.outstanding %>, er betalt.${link}`,
  },
  en: {
    subject: 'You cannot book until invoice <%= it.invoice.number %> is paid',
    heading: 'Booking is paused',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'You cannot book more lessons until invoice <%= it.invoice.number %> is paid. Once we have the money, you can book again at once.',
    ],
    facts: facts.en,
    action: { label: 'Pay now', link: '<%= it.invoice.payLink %>' },
    sms: `<%= it.sender.name %>: You cannot book until invoice <%= it.invoice.number %>, <%= it.reminder.outstanding %>, is paid.${link}`,
  },
};
