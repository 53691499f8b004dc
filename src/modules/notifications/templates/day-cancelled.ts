import type { MessageTemplate } from './engine.js';
import type { DayView } from './offer-view.js';

export const dayCancelled: MessageTemplate<DayView> = {
  da: {
    subject: 'Aflyst: din tid <%= it.day.date %>',
    heading: 'Din tid er aflyst',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Vi har desværre måttet aflyse <%= it.day.lessons %><% if (it.day.because) { %> <%= it.day.because %><% } %>. Det koster dig ikke noget.',
      '<%= it.day.note %>',
      '<% if (it.day.choices) { %>Du kan få en af disse tider i stedet, til samme pris: <%= it.day.choices %>.<% } else { %>Find en anden tid i kalenderen, eller ring til os.<% } %>',
    ],
    action: { label: 'Vælg en ny tid', link: '<%= it.day.link %>' },
    sms: '<%= it.sender.name %>: Vi har måttet aflyse <%= it.day.lessons %><% if (it.day.because) { %> <%= it.day.because %><% } %>. <% if (it.day.link) { %>Vælg en ny tid: <%= it.day.link %><% } else { %>Find en ny tid i kalenderen.<% } %>',
  },
  en: {
    subject: 'Cancelled: your lesson on <%= it.day.date %>',
    heading: 'Your lesson is cancelled',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'We are sorry that we had to cancel <%= it.day.lessons %><% if (it.day.because) { %> <%= it.day.because %><% } %>. It costs you nothing.',
      '<%= it.day.note %>',
      '<% if (it.day.choices) { %>You can have one of these times instead, at the same price: <%= it.day.choices %>.<% } else { %>Find another time in the calendar, or call us.<% } %>',
    ],
    action: { label: 'Choose a new time', link: '<%= it.day.link %>' },
    sms: '<%= it.sender.name %>: We had to cancel <%= it.day.lessons %><% if (it.day.because) { %> <%= it.day.because %><% } %>. <% if (it.day.link) { %>Choose a new time: <%= it.day.link %><% } else { %>Find a new time in the calendar.<% } %>',
  },
};
