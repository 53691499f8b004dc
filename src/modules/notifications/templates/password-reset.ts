import { accountSample, type AccountView } from './account-view.js';
import type { MessageTemplate } from './engine.js';

export const passwordReset: MessageTemplate<AccountView> = {
  sample: accountSample,
  da: {
    subject: 'Ny adgangskode til {{ sender.name }}',
    heading: 'Vælg en ny adgangskode',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Nogen, formentlig dig, har bedt om en ny adgangskode. Linket virker én gang, indtil {{ expires }}.',
      'Var det ikke dig, skal du ikke gøre noget: din adgangskode er uændret.',
    ],
    action: { label: 'Vælg ny adgangskode', link: '{{ link }}' },
  },
  en: {
    subject: 'New password for {{ sender.name }}',
    heading: 'Choose a new password',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Somebody, probably you, asked for a new password. The link works once, until {{ expires }}.',
      'If it was not you, there is nothing to do: your password has not changed.',
    ],
    action: { label: 'Choose a new password', link: '{{ link }}' },
  },
};
