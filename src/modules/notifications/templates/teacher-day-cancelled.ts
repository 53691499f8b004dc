import type { MessageTemplate } from './engine.js';
import { daySample, type DayView } from './offer-view.js';

export const teacherDayCancelled: MessageTemplate<DayView> = {
  sample: daySample,
  da: {
    subject: 'Aflyst: {{ day.count }} af dine timer {{ day.date }}',
    heading: 'Dine timer er aflyst',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Disse timer {{ day.date }} er aflyst{% if day.because %} {{ day.because }}{% endif %}: {{ day.lessons }}.',
      'Eleverne har fået besked.',
    ],
    sms: '{{ sender.name }}: {{ day.count }} af dine timer {{ day.date }} er aflyst{% if day.because %} {{ day.because }}{% endif %}. Eleverne har fået besked.',
  },
  en: {
    subject: 'Cancelled: {{ day.count }} of your lessons on {{ day.date }}',
    heading: 'Your lessons are cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      'These lessons on {{ day.date }} are cancelled{% if day.because %} {{ day.because }}{% endif %}: {{ day.lessons }}.',
      'The students have been told.',
    ],
    sms: '{{ sender.name }}: {{ day.count }} of your lessons on {{ day.date }} are cancelled{% if day.because %} {{ day.because }}{% endif %}. The students have been told.',
  },
};
