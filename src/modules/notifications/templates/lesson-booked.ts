import type { MessageTemplate } from './engine.js';
import { lessonSample, type LessonView } from './lesson-view.js';

export const lessonBooked: MessageTemplate<LessonView> = {
  sample: (words) => lessonSample(words),
  da: {
    subject: 'Booket: {{ lesson.type }} {{ lesson.moment }}',
    heading: 'Din tid er booket',
    paragraphs: ['Hej {{ reader.name }}', 'Du har booket en tid. Vi glæder os til at se dig.'],
    facts: [
      ['Tid', '{{ lesson.span }}'],
      ['Lektion', '{{ lesson.type }}'],
      ['Kørelærer', '{{ lesson.teacher }}'],
      ['Bil', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: Din tid {{ lesson.moment }} hos {{ lesson.teacher }} er booket.',
  },
  en: {
    subject: 'Booked: {{ lesson.type }} {{ lesson.moment }}',
    heading: 'Your lesson is booked',
    paragraphs: ['Hi {{ reader.name }}', 'You have booked a lesson. We look forward to seeing you.'],
    facts: [
      ['Time', '{{ lesson.span }}'],
      ['Lesson', '{{ lesson.type }}'],
      ['Instructor', '{{ lesson.teacher }}'],
      ['Car', '{{ lesson.vehicle }}'],
    ],
    sms: '{{ sender.name }}: Your lesson {{ lesson.moment }} with {{ lesson.teacher }} is booked.',
  },
};
