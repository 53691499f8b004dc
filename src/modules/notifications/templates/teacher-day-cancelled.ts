import type { MessageTemplate } from './engine.js';
import type { DayView } from './offer-view.js';

export const teacherDayCancelled: MessageTemplate<DayView> = {
  da: {
    subject: 'Aflyst: <%= it.day.count %> af dine timer <%= it.day.date %>',
    heading: 'Dine timer er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Disse timer <%= it.day.date %> er aflyst<% if (it.day.because) { %> <%= it.day.because %><% } %>: <%= it.day.lessons %>.',
      'Eleverne har fået besked.',
    ],
    sms: '<%= it.sender.name %>: <%= it.day.count %> af dine timer <%= it.day.date %> er aflyst<% if (it.day.because) { %> <%= it.day.because %><% } %>. Eleverne har fået besked.',
  },
  en: {
    subject: 'Cancelled: <%= it.day.count %> of your lessons on <%= it.day.date %>',
    heading: 'Your lessons are cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'These lessons on <%= it.day.date %> are cancelled<% if (it.day.because) { %> <%= it.day.because %><% } %>: <%= it.day.lessons %>.',
      'The students have been told.',
    ],
    sms: '<%= it.sender.name %>: <%= it.day.count %> of your lessons on <%= it.day.date %> are cancelled<% if (it.day.because) { %> <%= it.day.because %><% } %>. The students have been told.',
  },
};
