import type { MessageTemplate } from './engine.js';
import { cancelledLessonSample, type LessonView } from './lesson-view.js';

export const lessonCancelled: MessageTemplate<LessonView> = {
  sample: cancelledLessonSample,
  da: {
    subject: 'Aflyst: {{ lesson.type }} {{ lesson.moment }}',
    heading: 'Din tid er aflyst',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Din tid {{ lesson.span }} er aflyst.',
      '{% if lesson.fee %}Afbuddet kom efter fristen, så der er et gebyr på {{ lesson.fee }}. Det kommer med på din næste faktura.{% endif %}',
    ],
    facts: [
      ['Lektion', '{{ lesson.type }}'],
      ['Kørelærer', '{{ lesson.teacher }}'],
      ['Grund', '{{ lesson.cancelReason }}'],
      ['Gebyr', '{{ lesson.fee }}'],
    ],
    sms: '{{ sender.name }}: Din tid {{ lesson.moment }} er aflyst.{% if lesson.fee %} Gebyr for sent afbud: {{ lesson.fee }}.{% endif %}',
  },
  en: {
    subject: 'Cancelled: {{ lesson.type }} {{ lesson.moment }}',
    heading: 'Your lesson is cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      'Your lesson on {{ lesson.span }} is cancelled.',
      '{% if lesson.fee %}It was cancelled after the time limit, so there is a fee of {{ lesson.fee }}. You will find it on your next invoice.{% endif %}',
    ],
    facts: [
      ['Lesson', '{{ lesson.type }}'],
      ['Instructor', '{{ lesson.teacher }}'],
      ['Reason', '{{ lesson.cancelReason }}'],
      ['Fee', '{{ lesson.fee }}'],
    ],
    sms: '{{ sender.name }}: Your lesson {{ lesson.moment }} is cancelled.{% if lesson.fee %} Late cancellation fee: {{ lesson.fee }}.{% endif %}',
  },
};
