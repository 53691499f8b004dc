import { Money } from '../../../platform/values/money.js';
import { sampleEnd as end, sampleStart as start } from './sample-times.js';
import type { Wording } from './wording.js';

/** What the texts about several lessons may use as `lessons`; all of it formatted for its reader. */
export interface LessonsView {
  readonly lessons: {
    /** How many, with the word: "4 lektioner". */
    readonly count: string;
    /** The start of the first, short. */
    readonly first: string;
    /** One line for each: its time, with whom, in what; for moved ones where it was before. */
    readonly lines: string;
    /** All fees together; empty when there is none. */
    readonly fee: string;
    /** Why they were cancelled; empty when nobody said. */
    readonly cancelReason: string;
  };
}

export function lessonsSample(words: Wording): LessonsView {
  return {
    lessons: {
      count: words.either({ da: '24 lektioner', en: '24 lessons' }),
      first: words.moment(start),
      lines: `${words.span(start, end)} · Mette Krogh\n${words.span(end, end)} · Sofie Holm`,
      fee: '',
      cancelReason: '',
    },
  };
}

export function cancelledLessonsSample(words: Wording): LessonsView {
  const { lessons } = lessonsSample(words);
  const cancelReason = words.either({ da: 'Kørelæreren er syg', en: 'The instructor is ill' });
  return { lessons: { ...lessons, fee: words.amount(Money.of(20_000)), cancelReason } };
}
