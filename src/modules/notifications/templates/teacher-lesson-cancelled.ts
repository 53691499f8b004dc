import type { MessageTemplate } from './engine.js';
import type { LessonView } from './lesson-view.js';

export const teacherLessonCancelled: MessageTemplate<LessonView> = {
  da: {
    subject: 'Aflyst: <%= it.lesson.student %> <%= it.lesson.moment %>',
    heading: 'En lektion er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Lektionen med <%= it.lesson.student %> er aflyst, og tiden er fri igen.',
    ],
    facts: [
      ['Tid', '<%= it.lesson.span %>'],
      ['Lektion', '<%= it.lesson.type %>'],
      ['Elev', '<%= it.lesson.student %>'],
      ['Grund', '<%= it.lesson.cancelReason %>'],
      ['Gebyr', '<%= it.lesson.fee %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lesson.student %> <%= it.lesson.moment %> er aflyst.',
  },
  en: {
    subject: 'Cancelled: <%= it.lesson.student %> <%= it.lesson.moment %>',
    heading: 'A lesson is cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'The lesson with <%= it.lesson.student %> is cancelled and the time is free again.',
    ],
    facts: [
      ['Time', '<%= it.lesson.span %>'],
      ['Lesson', '<%= it.lesson.type %>'],
      ['Student', '<%= it.lesson.student %>'],
      ['Reason', '<%= it.lesson.cancelReason %>'],
      ['Fee', '<%= it.lesson.fee %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lesson.student %> <%= it.lesson.moment %> is cancelled.',
  },
};
