import type { MessageTemplate } from './engine.js';
import { daySample, type DayView } from './offer-view.js';

export const dayCancelled: MessageTemplate<DayView> = {
  sample: daySample,
  da: {
    subject: 'Aflyst: din tid {{ day.date }}',
    heading: 'Din tid er aflyst',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Vi har desværre måttet aflyse {{ day.lessons }}{% if day.because %} {{ day.because }}{% endif %}. Det koster dig ikke noget.',
      '{{ day.note }}',
      '{% if day.choices %}Du kan få en af disse tider i stedet, til samme pris: {{ day.choices }}.{% else %}Find en anden tid i kalenderen, eller ring til os.{% endif %}',
    ],
    action: { label: 'Vælg en ny tid', link: '{{ day.link }}' },
    sms: '{{ sender.name }}: Vi har måttet aflyse {{ day.lessons }}{% if day.because %} {{ day.because }}{% endif %}. {% if day.link %}Vælg en ny tid: {{ day.link }}{% else %}Find en ny tid i kalenderen.{% endif %}',
  },
  en: {
    subject: 'Cancelled: your lesson on {{ day.date }}',
    heading: 'Your lesson is cancelled',
    paragraphs: [
      'Hi {{ reader.name }}',
      'We are sorry that we had to cancel {{ day.lessons }}{% if day.because %} {{ day.because }}{% endif %}. It costs you nothing.',
      '{{ day.note }}',
      '{% if day.choices %}You can have one of these times instead, at the same price: {{ day.choices }}.{% else %}Find another time in the calendar, or call us.{% endif %}',
    ],
    action: { label: 'Choose a new time', link: '{{ day.link }}' },
    sms: '{{ sender.name }}: We had to cancel {{ day.lessons }}{% if day.because %} {{ day.because }}{% endif %}. {% if day.link %}Choose a new time: {{ day.link }}{% else %}Find a new time in the calendar.{% endif %}',
  },
};
