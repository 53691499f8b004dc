import type { MessageTemplate } from './engine.js';
import { lessonSample, type LessonView } from './lesson-view.js';

export const lessonReminder: MessageTemplate<LessonView> = {
  sample: (words) => lessonSample(words),
  da: {
    subject: 'Husk: {{ lesson.type }} {{ lesson.moment }}',
    heading: 'Husk din tid',
    paragraphs: ['Hej {{ reader.name }}', 'Vi minder om din tid hos os.'],
    facts: [
      ['Tid', '{{ lesson.span }}'],
      ['Lektion', '{{ lesson.type }}'],
      ['Kørelærer', '{{ lesson.teacher }}'],
      ['Bil', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: Husk din tid {{ lesson.moment }} hos {{ lesson.teacher }}.',
  },
  en: {
    subject: 'Reminder: {{ lesson.type }} {{ lesson.moment }}',
    heading: 'Your lesson is coming up',
    paragraphs: ['Hi {{ reader.name }}', 'This is a reminder of your lesson with us.'],
    facts: [
      ['Time', '{{ lesson.span }}'],
      ['Lesson', '{{ lesson.type }}'],
      ['Instructor', '{{ lesson.teacher }}'],
      ['Car', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: Remember your lesson {{ lesson.moment }} with {{ lesson.teacher }}.',
  },
};
