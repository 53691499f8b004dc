import type { MessageTemplate } from './engine.js';
import type { LessonView } from './lesson-view.js';

export const teacherLessonMoved: MessageTemplate<LessonView> = {
  da: {
    subject: 'Flyttet: <%= it.lesson.student %> er nu <%= it.lesson.moment %>',
    heading: 'En lektion er flyttet',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Lektionen med <%= it.lesson.student %> <%= it.lesson.previous %> er flyttet.',
    ],
    facts: [
      ['Ny tid', '<%= it.lesson.span %>'],
      ['Lektion', '<%= it.lesson.type %>'],
      ['Elev', '<%= it.lesson.student %>'],
      ['Bil', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lesson.student %> er flyttet fra <%= it.lesson.previous %> til <%= it.lesson.moment %>.',
  },
  en: {
    subject: 'Moved: <%= it.lesson.student %> is now <%= it.lesson.moment %>',
    heading: 'A lesson has been moved',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'The lesson with <%= it.lesson.student %> on <%= it.lesson.previous %> has been moved.',
    ],
    facts: [
      ['New time', '<%= it.lesson.span %>'],
      ['Lesson', '<%= it.lesson.type %>'],
      ['Student', '<%= it.lesson.student %>'],
      ['Car', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lesson.student %> has been moved from <%= it.lesson.previous %> to <%= it.lesson.moment %>.',
  },
};
