import type { MessageTemplate } from './engine.js';
import type { LessonView } from './lesson-view.js';

export const lessonBooked: MessageTemplate<LessonView> = {
  da: {
    subject: 'Booket: <%= it.lesson.type %> <%= it.lesson.moment %>',
    heading: 'Din tid er booket',
    paragraphs: ['Hej <%= it.reader.name %>', 'Du har booket en tid. Vi glæder os til at se dig.'],
    facts: [
      ['Tid', '<%= it.lesson.span %>'],
      ['Lektion', '<%= it.lesson.type %>'],
      ['Kørelærer', '<%= it.lesson.teacher %>'],
      ['Bil', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: Din tid <%= it.lesson.moment %> hos <%= it.lesson.teacher %> er booket.',
  },
  en: {
    subject: 'Booked: <%= it.lesson.type %> <%= it.lesson.moment %>',
    heading: 'Your lesson is booked',
    paragraphs: ['Hi <%= it.reader.name %>', 'You have booked a lesson. We look forward to seeing you.'],
    facts: [
      ['Time', '<%= it.lesson.span %>'],
      ['Lesson', '<%= it.lesson.type %>'],
      ['Instructor', '<%= it.lesson.teacher %>'],
      ['Car', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: Your lesson <%= it.lesson.moment %> with <%= it.lesson.teacher %> is booked.',
  },
};
