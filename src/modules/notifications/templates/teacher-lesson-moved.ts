import type { MessageTemplate } from './engine.js';
import { type LessonView, movedLessonSample } from './lesson-view.js';

export const teacherLessonMoved: MessageTemplate<LessonView> = {
  sample: movedLessonSample,
  da: {
    subject: 'Flyttet: {{ lesson.student }} er nu {{ lesson.moment }}',
    heading: 'En lektion er flyttet',
    paragraphs: ['Hej {{ reader.name }}', 'Lektionen med {{ lesson.student }} {{ lesson.previous }} er flyttet.'],
    facts: [
      ['Ny tid', '{{ lesson.span }}'],
      ['Lektion', '{{ lesson.type }}'],
      ['Elev', '{{ lesson.student }}'],
      ['Bil', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: {{ lesson.student }} er flyttet fra {{ lesson.previous }} til {{ lesson.moment }}.',
  },
  en: {
    subject: 'Moved: {{ lesson.student }} is now {{ lesson.moment }}',
    heading: 'A lesson has been moved',
    paragraphs: [
      'Hi {{ reader.name }}',
      'The lesson with {{ lesson.student }} on {{ lesson.previous }} has been moved.',
    ],
    facts: [
      ['New time', '{{ lesson.span }}'],
      ['Lesson', '{{ lesson.type }}'],
      ['Student', '{{ lesson.student }}'],
      ['Car', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: {{ lesson.student }} has been moved from {{ lesson.previous }} to {{ lesson.moment }}.',
  },
};
