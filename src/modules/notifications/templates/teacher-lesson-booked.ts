import type { MessageTemplate } from './engine.js';
import { lessonSample, type LessonView } from './lesson-view.js';

export const teacherLessonBooked: MessageTemplate<LessonView> = {
  sample: (words) => lessonSample(words),
  da: {
    subject: 'Ny booking: {{ lesson.student }} {{ lesson.moment }}',
    heading: 'Ny booking i din kalender',
    paragraphs: ['Hej {{ reader.name }}', '{{ lesson.student }} er booket hos dig.'],
    facts: [
      ['Tid', '{{ lesson.span }}'],
      ['Lektion', '{{ lesson.type }}'],
      ['Elev', '{{ lesson.student }}'],
      ['Bil', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: {{ lesson.student }} er booket hos dig {{ lesson.moment }}.',
  },
  en: {
    subject: 'New booking: {{ lesson.student }} {{ lesson.moment }}',
    heading: 'A new booking in your diary',
    paragraphs: ['Hi {{ reader.name }}', '{{ lesson.student }} is booked with you.'],
    facts: [
      ['Time', '{{ lesson.span }}'],
      ['Lesson', '{{ lesson.type }}'],
      ['Student', '{{ lesson.student }}'],
      ['Car', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: {{ lesson.student }} is booked with you {{ lesson.moment }}.',
  },
};
