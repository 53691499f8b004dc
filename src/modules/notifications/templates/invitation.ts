import type { AccountView } from './account-view.js';
import type { MessageTemplate } from './engine.js';

export const invitation: MessageTemplate<AccountView> = {
  da: {
    subject: 'Velkommen til <%= it.sender.name %>',
    heading: 'Velkommen, <%= it.reader.name %>',
    paragraphs: [
      '<%= it.sender.name %> har oprettet dig. Vælg en adgangskode, så er du klar.',
      'Linket virker én gang, indtil <%= it.expires %>. Kender du ikke til det, kan du se bort fra denne mail.',
    ],
    action: { label: 'Vælg adgangskode', link: '<%= it.link %>' },
  },
  en: {
    subject: 'Welcome to <%= it.sender.name %>',
    heading: 'Welcome, <%= it.reader.name %>',
    paragraphs: [
      '<%= it.sender.name %> has made an account for you. Choose a password and you are ready.',
      'The link works once, until <%= it.expires %>. If you know nothing about this, please ignore this e-mail.',
    ],
    action: { label: 'Choose a password', link: '<%= it.link %>' },
  },
};
