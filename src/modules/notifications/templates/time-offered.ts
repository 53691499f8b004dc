import type { MessageTemplate } from './engine.js';
import type { OfferView } from './offer-view.js';

export const timeOffered: MessageTemplate<OfferView> = {
  da: {
    subject: 'Ledig tid <%= it.offer.moment %>: svar senest <%= it.offer.answerBy %>',
    heading: 'Der er blevet en tid ledig',
    paragraphs: [
      'Hej <%= it.reader.name %>',
      'Du står på ventelisten, og nu er der en tid, der passer: <%= it.offer.span %>.',
      'Den første, der siger ja, får tiden. Svar senest <%= it.offer.answerBy %>. Når tiden er gået til en anden, står du stadig på ventelisten.',
    ],
    facts: [
      ['Lektion', '<%= it.offer.type %>'],
      ['Kørelærer', '<%= it.offer.teacher %>'],
    ],
    action: { label: 'Se tiden og svar', link: '<%= it.offer.link %>' },
    sms: '<%= it.sender.name %>: Ledig tid <%= it.offer.moment %>. Den første, der siger ja, får den. Svar senest <%= it.offer.answerBy %>: <%= it.offer.link %>',
  },
  en: {
    subject: 'Free time <%= it.offer.moment %>: answer by <%= it.offer.answerBy %>',
    heading: 'A time has become free',
    paragraphs: [
      'Hi <%= it.reader.name %>',
      'You are on the waiting list, and now there is a time that fits: <%= it.offer.span %>.',
      'The first to say yes gets it. Answer by <%= it.offer.answerBy %>. If somebody else was faster, you are still on the waiting list.',
    ],
    facts: [
      ['Lesson', '<%= it.offer.type %>'],
      ['Instructor', '<%= it.offer.teacher %>'],
    ],
    action: { label: 'See the time and answer', link: '<%= it.offer.link %>' },
    sms: '<%= it.sender.name %>: Free time <%= it.offer.moment %>. The first to say yes gets it. Answer by <%= it.offer.answerBy %>: <%= it.offer.link %>',
  },
};
