import type { MessageTemplate } from './engine.js';
import type { LessonView } from './lesson-view.js';

export const lessonReminder: MessageTemplate<LessonView> = {
  da: {
    subject: 'Husk: <%= it.lesson.type %> <%= it.lesson.moment %>',
    heading: 'Husk din tid',
    paragraphs: ['Hej <%= it.reader.name %>', 'Vi minder om din tid hos os.'],
    facts: [
      ['Tid', '<%= it.lesson.span %>'],
      ['Lektion', '<%= it.lesson.type %>'],
      ['Kørelærer', '<%= it.lesson.teacher %>'],
      ['Bil', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: Husk din tid <%= it.lesson.moment %> hos <%= it.lesson.teacher %>.',
  },
  en: {
    subject: 'Reminder: <%= it.lesson.type %> <%= it.lesson.moment %>',
    heading: 'Your lesson is coming up',
    paragraphs: ['Hi <%= it.reader.name %>', 'This is a reminder of your lesson with us.'],
    facts: [
      ['Time', '<%= it.lesson.span %>'],
      ['Lesson', '<%= it.lesson.type %>'],
      ['Instructor', '<%= it.lesson.teacher %>'],
      ['Car', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: Remember your lesson <%= it.lesson.moment %> with <%= it.lesson.teacher %>.',
  },
};
