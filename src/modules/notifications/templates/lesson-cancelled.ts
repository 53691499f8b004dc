import type { MessageTemplate } from './engine.js';
import type { LessonView } from './lesson-view.js';

export const lessonCancelled: MessageTemplate<LessonView> = {
  da: {
    subject: 'Aflyst: <%= it.lesson.type %> <%= it.lesson.moment %>',
    heading: 'Din tid er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Din tid <%= it.lesson.span %> er aflyst.',
      '<% if (it.lesson.fee) { %>Afbuddet kom efter fristen, så der er et gebyr på <%= it.lesson.fee %>. Det kommer med på din næste faktura.<% } %>',
    ],
    facts: [
      ['Lektion', '<%= it.lesson.type %>'],
      ['Kørelærer', '<%= it.lesson.teacher %>'],
      ['Grund', '<%= it.lesson.cancelReason %>'],
      ['Gebyr', '<%= it.lesson.fee %>'],
    ],
    sms: '<%= it.sender.name %>: Din tid <%= it.lesson.moment %> er aflyst.<% if (it.lesson.fee) { %> Gebyr for sent afbud: <%= it.lesson.fee %>.<% } %>',
  },
  en: {
    subject: 'Cancelled: <%= it.lesson.type %> <%= it.lesson.moment %>',
    heading: 'Your lesson is cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'Your lesson on <%= it.lesson.span %> is cancelled.',
      '<% if (it.lesson.fee) { %>It was cancelled after the time limit, so there is a fee of <%= it.lesson.fee %>. You will find it on your next invoice.<% } %>',
    ],
    facts: [
      ['Lesson', '<%= it.lesson.type %>'],
      ['Instructor', '<%= it.lesson.teacher %>'],
      ['Reason', '<%= it.lesson.cancelReason %>'],
      ['Fee', '<%= it.lesson.fee %>'],
    ],
    sms: '<%= it.sender.name %>: Your lesson <%= it.lesson.moment %> is cancelled.<% if (it.lesson.fee) { %> Late cancellation fee: <%= it.lesson.fee %>.<% } %>',
  },
};
