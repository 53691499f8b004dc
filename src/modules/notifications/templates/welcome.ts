import type { MessageTemplate } from './engine.js';

export const welcome: MessageTemplate = {
  sample: () => ({}),
  da: {
    subject: 'Din adgang til {{ sender.name }} er klar',
    heading: 'Velkommen, {{ reader.name }}',
    paragraphs: [
      'Du har valgt din adgangskode og kan logge ind fra nu af.',
      '{% if sender.phone %}Har du spørgsmål, så ring til {{ sender.name }} på {{ sender.phone }}, eller svar på denne mail.{% endif %}',
      'Var det ikke dig, så sig det til os med det samme.',
    ],
  },
  en: {
    subject: 'Your access to {{ sender.name }} is ready',
    heading: 'Welcome, {{ reader.name }}',
    paragraphs: [
      'You have chosen your password and can sign in from now on.',
      '{% if sender.phone %}If you have questions, call {{ sender.name }} at {{ sender.phone }}, or answer this e-mail.{% endif %}',
      'If it was not you, tell us at once.',
    ],
  },
};
