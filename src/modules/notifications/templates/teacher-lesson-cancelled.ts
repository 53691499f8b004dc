import type { MessageTemplate } from './engine.js';
import { cancelledLessonSample, type LessonView } from './lesson-view.js';

export const teacherLessonCancelled: MessageTemplate<LessonView> = {
  sample: cancelledLessonSample,
  da: {
    subject: 'Aflyst: {{ lesson.student }} {{ lesson.moment }}',
    heading: 'En lektion er aflyst',
    paragraphs: ['Hej {{ reader.name }}', 'Lektionen med {{ lesson.student }} er aflyst, og tiden er fri igen.'],
    facts: [
      ['Tid', '{{ lesson.span }}'],
      ['Lektion', '{{ lesson.type }}'],
      ['Elev', '{{ lesson.student }}'],
      ['Grund', '{{ lesson.cancelReason }}'],
      ['Gebyr', '{{ lesson.fee }}'],
    ],
    sms: '{{ sender.name }}: {{ lesson.student }} {{ lesson.moment }} er aflyst.',
  },
  en: {
    subject: 'Cancelled: {{ lesson.student }} {{ lesson.moment }}',
    heading: 'A lesson is cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      'The lesson with {{ lesson.student }} is cancelled and the time is free again.',
    ],
    facts: [
      ['Time', '{{ lesson.span }}'],
      ['Lesson', '{{ lesson.type }}'],
      ['Student', '{{ lesson.student }}'],
      ['Reason', '{{ lesson.cancelReason }}'],
      ['Fee', '{{ lesson.fee }}'],
    ],
    sms: '{{ sender.name }}: {{ lesson.student }} {{ lesson.moment }} is cancelled.',
  },
};
