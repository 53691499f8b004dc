import type { MessageTemplate } from './engine.js';
import type { LessonsView } from './lessons-view.js';

export const lessonsBooked: MessageTemplate<LessonsView> = {
  da: {
    subject: 'Booket: <%= it.lessons.count %> fra <%= it.lessons.first %>',
    heading: 'Dine tider er booket',
    paragraphs: ['Hej <%= it.reader.name %>', 'Du har booket <%= it.lessons.count %>. Vi glæder os til at se dig.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> er booket, den første <%= it.lessons.first %>. Se dem alle i din e-mail.',
  },
  en: {
    subject: 'Booked: <%= it.lessons.count %> from <%= it.lessons.first %>',
    heading: 'Your lessons are booked',
    paragraphs: ['Hi <%= it.reader.name %>', 'You have booked <%= it.lessons.count %>. We look forward to seeing you.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> booked, the first <%= it.lessons.first %>. See them all in your e-mail.',
  },
};

export const lessonsMoved: MessageTemplate<LessonsView> = {
  da: {
    subject: 'Flyttet: <%= it.lessons.count %>, den første er nu <%= it.lessons.first %>',
    heading: 'Dine tider er flyttet',
    paragraphs: ['Hej <%= it.reader.name %>', '<%= it.lessons.count %> er flyttet til nye tider.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> er flyttet, den første er nu <%= it.lessons.first %>. Se dem alle i din e-mail.',
  },
  en: {
    subject: 'Moved: <%= it.lessons.count %>, the first is now <%= it.lessons.first %>',
    heading: 'Your lessons have been moved',
    paragraphs: ['Hi <%= it.reader.name %>', '<%= it.lessons.count %> have been moved to new times.'],
    list: '<%= it.lessons.lines %>',
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> moved, the first is now <%= it.lessons.first %>. See them all in your e-mail.',
  },
};

export const lessonsCancelled: MessageTemplate<LessonsView> = {
  da: {
    subject: 'Aflyst: <%= it.lessons.count %> fra <%= it.lessons.first %>',
    heading: 'Dine tider er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      '<%= it.lessons.count %> er aflyst.',
      '<% if (it.lessons.fee) { %>Noget af afbuddet kom efter fristen, så der er gebyr på i alt <%= it.lessons.fee %>. Det kommer med på din næste faktura.<% } %>',
    ],
    list: '<%= it.lessons.lines %>',
    facts: [
      ['Grund', '<%= it.lessons.cancelReason %>'],
      ['Gebyr', '<%= it.lessons.fee %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> fra <%= it.lessons.first %> er aflyst.<% if (it.lessons.fee) { %> Gebyr for sent afbud: <%= it.lessons.fee %>.<% } %>',
  },
  en: {
    subject: 'Cancelled: <%= it.lessons.count %> from <%= it.lessons.first %>',
    heading: 'Your lessons are cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      '<%= it.lessons.count %> are cancelled.',
      '<% if (it.lessons.fee) { %>Some were cancelled after the time limit, so there is a fee of <%= it.lessons.fee %> altogether. You will find it on your next invoice.<% } %>',
    ],
    list: '<%= it.lessons.lines %>',
    facts: [
      ['Reason', '<%= it.lessons.cancelReason %>'],
      ['Fee', '<%= it.lessons.fee %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lessons.count %> from <%= it.lessons.first %> cancelled.<% if (it.lessons.fee) { %> Late cancellation fee: <%= it.lessons.fee %>.<% } %>',
  },
};
