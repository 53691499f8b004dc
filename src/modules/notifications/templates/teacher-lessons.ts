import type { MessageTemplate } from './engine.js';
import { cancelledLessonsSample, lessonsSample, type LessonsView } from './lessons-view.js';

export const teacherLessonsBooked: MessageTemplate<LessonsView> = {
  sample: lessonsSample,
  da: {
    subject: 'Nye bookinger: {{ lessons.count }} fra {{ lessons.first }}',
    heading: 'Nye bookinger i din kalender',
    paragraphs: ['Hej {{ reader.name }}', '{{ lessons.count }} er booket hos dig.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} er booket hos dig, den første {{ lessons.first }}.',
  },
  en: {
    subject: 'New bookings: {{ lessons.count }} from {{ lessons.first }}',
    heading: 'New bookings in your diary',
    paragraphs: ['Hi {{ reader.name }}', '{{ lessons.count }} are booked with you.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} booked with you, the first {{ lessons.first }}.',
  },
};

export const teacherLessonsMoved: MessageTemplate<LessonsView> = {
  sample: lessonsSample,
  da: {
    subject: 'Flyttet: {{ lessons.count }}, den første er nu {{ lessons.first }}',
    heading: 'Lektioner er flyttet',
    paragraphs: ['Hej {{ reader.name }}', '{{ lessons.count }} i din kalender er flyttet.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} i din kalender er flyttet, den første er nu {{ lessons.first }}.',
  },
  en: {
    subject: 'Moved: {{ lessons.count }}, the first is now {{ lessons.first }}',
    heading: 'Lessons have been moved',
    paragraphs: ['Hi {{ reader.name }}', '{{ lessons.count }} in your diary have been moved.'],
    list: '{{ lessons.lines }}',
    sms: '{{ sender.name }}: {{ lessons.count }} in your diary moved, the first is now {{ lessons.first }}.',
  },
};

export const teacherLessonsCancelled: MessageTemplate<LessonsView> = {
  sample: cancelledLessonsSample,
  da: {
    subject: 'Aflyst: {{ lessons.count }} fra {{ lessons.first }}',
    heading: 'Lektioner er aflyst',
    paragraphs: ['Hej {{ reader.name }}', '{{ lessons.count }} er aflyst, og tiderne er fri igen.'],
    list: '{{ lessons.lines }}',
    facts: [
      ['Grund', '{{ lessons.cancelReason }}'],
      ['Gebyr', '{{ lessons.fee }}'],
    ],
    sms: '{{ sender.name }}: {{ lessons.count }} fra {{ lessons.first }} er aflyst.',
  },
  en: {
    subject: 'Cancelled: {{ lessons.count }} from {{ lessons.first }}',
    heading: 'Lessons are cancelled',
    paragraphs: ['Hi {{ reader.name }}', '{{ lessons.count }} are cancelled and the times are free again.'],
    list: '{{ lessons.lines }}',
    facts: [
      ['Reason', '{{ lessons.cancelReason }}'],
      ['Fee', '{{ lessons.fee }}'],
    ],
    sms: '{{ sender.name }}: {{ lessons.count }} from {{ lessons.first }} cancelled.',
  },
};
