import type { MessageTemplate } from './engine.js';
import type { LessonView } from './lesson-view.js';

export const lessonMoved: MessageTemplate<LessonView> = {
  da: {
    subject: 'Flyttet: <%= it.lesson.type %> er nu <%= it.lesson.moment %>',
    heading: 'Din tid er flyttet',
    paragraphs: ['Hej <%= it.reader.name %>', 'Din tid <%= it.lesson.previous %> er flyttet til en ny tid.'],
    facts: [
      ['Ny tid', '<%= it.lesson.span %>'],
      ['Lektion', '<%= it.lesson.type %>'],
      ['Kørelærer', '<%= it.lesson.teacher %>'],
      ['Bil', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: Din tid <%= it.lesson.previous %> er flyttet til <%= it.lesson.moment %> hos <%= it.lesson.teacher %>.',
  },
  en: {
    subject: 'Moved: <%= it.lesson.type %> is now <%= it.lesson.moment %>',
    heading: 'Your lesson has been moved',
    paragraphs: ['Hi <%= it.reader.name %>', 'Your lesson on <%= it.lesson.previous %> has been moved to a new time.'],
    facts: [
      ['New time', '<%= it.lesson.span %>'],
      ['Lesson', '<%= it.lesson.type %>'],
      ['Instructor', '<%= it.lesson.teacher %>'],
      ['Car', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: Your lesson <%= it.lesson.previous %> has been moved to <%= it.lesson.moment %> with <%= it.lesson.teacher %>.',
  },
};
