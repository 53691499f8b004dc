import type { MessageTemplate } from './engine.js';
import type { Wording } from './wording.js';

/** What the text about a place on a waiting list may use as `waiting`. */
export interface WaitingView {
  readonly waiting: {
    /** The kind of lesson, or the course. */
    readonly what: string;
    /** The dates wished for; empty for a course, which has its own. */
    readonly from: string;
    readonly until: string;
  };
}

export const waitingListJoined: MessageTemplate<WaitingView> = {
  sample: (words: Wording) => ({
    waiting: { what: 'Køretime B', from: words.date('2026-12-01'), until: words.date('2027-01-30') },
  }),
  da: {
    subject: 'Du er på ventelisten: {{ waiting.what }}',
    heading: 'Du er på ventelisten',
    paragraphs: [
      'Hej {{ reader.name }}',
      'Du står nu på ventelisten til {{ waiting.what }}. Vi skriver, så snart der er noget til dig.',
    ],
    facts: [
      ['Fra', '{{ waiting.from }}'],
      ['Til', '{{ waiting.until }}'],
    ],
  },
  en: {
    subject: 'You are on the waiting list: {{ waiting.what }}',
    heading: 'You are on the waiting list',
    paragraphs: [
      'Hi {{ reader.name }}',
      'You are now on the waiting list for {{ waiting.what }}. We write as soon as there is something for you.',
    ],
    facts: [
      ['From', '{{ waiting.from }}'],
      ['Until', '{{ waiting.until }}'],
    ],
  },
};
