import type { MessageTemplate } from './engine.js';
import type { LessonView } from './lesson-view.js';

export const teacherLessonBooked: MessageTemplate<LessonView> = {
  da: {
    subject: 'Ny booking: <%= it.lesson.student %> <%= it.lesson.moment %>',
    heading: 'Ny booking i din kalender',
    paragraphs: ['Hej <%= it.reader.name %>', '<%= it.lesson.student %> er booket hos dig.'],
    facts: [
      ['Tid', '<%= it.lesson.span %>'],
      ['Lektion', '<%= it.lesson.type %>'],
      ['Elev', '<%= it.lesson.student %>'],
      ['Bil', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lesson.student %> er booket hos dig <%= it.lesson.moment %>.',
  },
  en: {
    subject: 'New booking: <%= it.lesson.student %> <%= it.lesson.moment %>',
    heading: 'A new booking in your diary',
    paragraphs: ['Hi <%= it.reader.name %>', '<%= it.lesson.student %> is booked with you.'],
    facts: [
      ['Time', '<%= it.lesson.span %>'],
      ['Lesson', '<%= it.lesson.type %>'],
      ['Student', '<%= it.lesson.student %>'],
      ['Car', '<%= it.lesson.vehicle %>'],
    ],
    sms: '<%= it.sender.name %>: <%= it.lesson.student %> is booked with you <%= it.lesson.moment %>.',
  },
};
