import type { MessageTemplate } from './engine.js';
import { type LessonView, movedLessonSample } from './lesson-view.js';

export const lessonMoved: MessageTemplate<LessonView> = {
  sample: movedLessonSample,
  da: {
    subject: 'Flyttet: {{ lesson.type }} er nu {{ lesson.moment }}',
    heading: 'Din tid er flyttet',
    paragraphs: ['Hej {{ reader.name }}', 'Din tid {{ lesson.previous }} er flyttet til en ny tid.'],
    facts: [
      ['Ny tid', '{{ lesson.span }}'],
      ['Lektion', '{{ lesson.type }}'],
      ['Kørelærer', '{{ lesson.teacher }}'],
      ['Bil', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: Din tid {{ lesson.previous }} er flyttet til {{ lesson.moment }} hos {{ lesson.teacher }}.',
  },
  en: {
    subject: 'Moved: {{ lesson.type }} is now {{ lesson.moment }}',
    heading: 'Your lesson has been moved',
    paragraphs: ['Hi {{ reader.name }}', 'Your lesson on {{ lesson.previous }} has been moved to a new time.'],
    facts: [
      ['New time', '{{ lesson.span }}'],
      ['Lesson', '{{ lesson.type }}'],
      ['Instructor', '{{ lesson.teacher }}'],
      ['Car', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: Your lesson {{ lesson.previous }} has been moved to {{ lesson.moment }} with {{ lesson.teacher }}.',
  },
};
