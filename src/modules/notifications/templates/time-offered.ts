import type { MessageTemplate } from './engine.js';
import { offerSample, type OfferView } from './offer-view.js';

export const timeOffered: MessageTemplate<OfferView> = {
  sample: offerSample,
  da: {
    subject: 'Ledig tid {{ offer.moment }}: svar senest {{ offer.answerBy }}',
    heading: 'Der er blevet en tid ledig',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Du står på ventelisten, og nu er der en tid, der passer: {{ offer.span }}.',
      'Den første, der siger ja, får tiden. Svar senest {{ offer.answerBy }}. Når tiden er gået til en anden, står du stadig på ventelisten.',
    ],
    facts: [
      ['Lektion', '{{ offer.type }}'],
      ['Kørelærer', '{{ offer.teacher }}'],
    ],
    action: { label: 'Se tiden og svar', link: '{{ offer.link }}' },
    sms: '{{ sender.name }}: Ledig tid {{ offer.moment }}. Den første, der siger ja, får den. Svar senest {{ offer.answerBy }}: {{ offer.link }}',
  },
  en: {
    subject: 'Free time {{ offer.moment }}: answer by {{ offer.answerBy }}',
    heading: 'A time has become free',
    paragraphs: [
      'Hi {{ reader.name }}',
      'You are on the waiting list, and now there is a time that fits: {{ offer.span }}.',
      'The first to say yes gets it. Answer by {{ offer.answerBy }}. If somebody else was faster, you are still on the waiting list.',
    ],
    facts: [
      ['Lesson', '{{ offer.type }}'],
      ['Instructor', '{{ offer.teacher }}'],
    ],
    action: { label: 'See the time and answer', link: '{{ offer.link }}' },
    sms: '{{ sender.name }}: Free time {{ offer.moment }}. The first to say yes gets it. Answer by {{ offer.answerBy }}: {{ offer.link }}',
  },
};
