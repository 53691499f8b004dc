import type { MessageTemplate } from './engine.js';
import { cancelledLessonsSample, lessonsSample, type LessonsView } from './lessons-view.js';

export const lessonsBooked: MessageTemplate<LessonsView> = {
  sample: lessonsSample,
  da: {
    subject: 'Booket: {{ lessons.count }} fra {{ lessons.first }}',
    heading: 'Dine tider er booket',
    paragraphs: ['Hej {{ reader.name }}', 'Du har booket {{ lessons.count }}. Vi glæder os til at se dig.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} er booket, den første {{ lessons.first }}. Se dem alle i din e-mail.',
  },
  en: {
    subject: 'Booked: {{ lessons.count }} from {{ lessons.first }}',
    heading: 'Your lessons are booked',
    paragraphs: ['Hi {{ reader.name }}', 'You have booked {{ lessons.count }}. We look forward to seeing you.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} booked, the first {{ lessons.first }}. See them all in your e-mail.',
  },
};

export const lessonsMoved: MessageTemplate<LessonsView> = {
  sample: lessonsSample,
  da: {
    subject: 'Flyttet: {{ lessons.count }}, den første er nu {{ lessons.first }}',
    heading: 'Dine tider er flyttet',
    paragraphs: ['Hej {{ reader.name }}', '{{ lessons.count }} er flyttet til nye tider.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} er flyttet, den første er nu {{ lessons.first }}. Se dem alle i din e-mail.',
  },
  en: {
    subject: 'Moved: {{ lessons.count }}, the first is now {{ lessons.first }}',
    heading: 'Your lessons have been moved',
    paragraphs: ['Hi {{ reader.name }}', '{{ lessons.count }} have been moved to new times.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} moved, the first is now {{ lessons.first }}. See them all in your e-mail.',
  },
};

export const lessonsCancelled: MessageTemplate<LessonsView> = {
  sample: cancelledLessonsSample,
  da: {
    subject: 'Aflyst: {{ lessons.count }} fra {{ lessons.first }}',
    heading: 'Dine tider er aflyst',
    paragraphs: [
      'Hej {{ reader.name }}',
      '{{ lessons.count }} er aflyst.',
      '{% if lessons.fee %}Noget af afbuddet kom efter fristen, så der er gebyr på i alt {{ lessons.fee }}. Det kommer med på din næste faktura.{% endif %}',
    ],
    list: '{{ lessons.lines }}',
    facts: [
      ['Grund', '{{ lessons.cancelReason }}'],
      ['Gebyr', '{{ lessons.fee }}'],
    ],
    sms: '{{ sender.name }}: {{ lessons.count }} fra {{ lessons.first }} er aflyst.{% if lessons.fee %} Gebyr for sent afbud: {{ lessons.fee }}.{% endif %}',
  },
  en: {
    subject: 'Cancelled: {{ lessons.count }} from {{ lessons.first }}',
    heading: 'Your lessons are cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      '{{ lessons.count }} are cancelled.',
      '{% if lessons.fee %}Some were cancelled after the time limit, so there is a fee of {{ lessons.fee }} altogether. You will find it on your next invoice.{% endif %}',
    ],
    list: '{{ lessons.lines }}',
    facts: [
      ['Reason', '{{ lessons.cancelReason }}'],
      ['Fee', '{{ lessons.fee }}'],
    ],
    sms: '{{ sender.name }}: {{ lessons.count }} from {{ lessons.first }} cancelled.{% if lessons.fee %} Late cancellation fee: {{ lessons.fee }}.{% endif %}',
  },
};
