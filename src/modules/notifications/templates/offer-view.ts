import { sampleEnd as end, sampleStart as start } from './sample-times.js';
import type { Wording } from './wording.js';

/** What the text about an offered time may use as `offer`; all of it formatted for its reader. */
export interface OfferView {
  readonly offer: {
    /** The whole time, with weekday and year. */
    readonly span: string;
    /** The start, short. */
    readonly moment: string;
    readonly type: string;
    readonly teacher: string;
    /** Until when it may be answered, short. */
    readonly answerBy: string;
    /** Where it is answered. */
    readonly link: string;
  };
}

/** What the texts about a cancelled day may use as `day`. */
export interface DayView {
  readonly day: {
    /** "24. december 2026" */
    readonly date: string;
    /** Why, as half a sentence: "på grund af vejret"; empty when nobody said. */
    readonly because: string;
    /** The office's own words; may be empty. */
    readonly note: string;
    /** How many lessons. */
    readonly count: number;
    /** Each with its time and, for a teacher, its student. */
    readonly lessons: string;
    /** Other times of the first of them; empty when none are offered. */
    readonly choices: string;
    /** Where they are chosen; empty when none are offered. */
    readonly link: string;
  };
}

const link = 'https://app.nordhavn-koreskole.example/offers/AbCdEfGhIjKlMnOpQrStUv';

export function offerSample(words: Wording): OfferView {
  return {
    offer: {
      span: words.span(start, end),
      moment: words.moment(start),
      type: 'Køretime B',
      teacher: 'Mette Krogh',
      answerBy: words.moment(end),
      link,
    },
  };
}

export function daySample(words: Wording): DayView {
  return {
    day: {
      date: words.date('2026-12-01'),
      because: words.either({ da: 'på grund af vejret', en: 'because of the weather' }),
      note: words.either({ da: 'Isglatte veje', en: 'Icy roads' }),
      count: 2,
      lessons: `${words.moment(start)}, ${words.moment(end)}`,
      choices: [start, end, end].map((each) => words.moment(each)).join(', '),
      link,
    },
  };
}
