import { accountSample, type AccountView } from './account-view.js';
import type { MessageTemplate } from './engine.js';

export const invitation: MessageTemplate<AccountView> = {
  sample: accountSample,
  da: {
    subject: 'Velkommen til {{ sender.name }}',
    heading: 'Velkommen, {{ reader.name }}',
    paragraphs: [
      '{{ sender.name }} har oprettet dig. Vælg en adgangskode, så er du klar.',
      'Linket virker én gang, indtil {{ expires }}. Kender du ikke til det, kan du se bort fra denne mail.',
    ],
    action: { label: 'Vælg adgangskode', link: '{{ link }}' },
  },
  en: {
    subject: 'Welcome to {{ sender.name }}',
    heading: 'Welcome, {{ reader.name }}',
    paragraphs: [
      '{{ sender.name }} has made an account for you. Choose a password and you are ready.',
      'The link works once, until {{ expires }}. If you know nothing about this, please ignore this e-mail.',
    ],
    action: { label: 'Choose a password', link: '{{ link }}' },
  },
};
