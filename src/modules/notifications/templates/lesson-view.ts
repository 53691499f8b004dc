import { Money } from '../../../platform/values/money.js';
import { sampleEnd as end, sampleStart as start } from './sample-times.js';
import type { Wording } from './wording.js';

/** What the texts about a lesson may use as `lesson`; all of it formatted for its reader. */
export interface LessonView {
  readonly lesson: {
    /** The whole time, with weekday and year. */
    readonly span: string;
    /** The start, short. */
    readonly moment: string;
    /** The start it was moved from; empty for other messages. */
    readonly previous: string;
    readonly type: string;
    readonly student: string;
    readonly teacher: string;
    /** Empty when the lesson needs none. */
    readonly vehicle: string;
    /** The fee of a late cancellation; empty when there is none. */
    readonly fee: string;
    /** Why it was cancelled; empty when nobody said. */
    readonly cancelReason: string;
  };
}

export function lessonSample(words: Wording, of: 'standing' | 'moved' | 'cancelled' = 'standing'): LessonView {
  return {
    lesson: {
      span: words.span(start, end),
      moment: words.moment(start),
      previous: of === 'moved' ? words.moment(end) : '',
      type: 'Køretime B',
      student: 'Sofie Holm',
      teacher: 'Mette Krogh',
      vehicle: 'VW Golf, AB 12 345',
      fee: of === 'cancelled' ? words.amount(Money.of(20_000)) : '',
      cancelReason:
        of === 'cancelled' ? words.either({ da: 'Bilen er på værksted', en: 'The car is being repaired' }) : '',
    },
  };
}

export const movedLessonSample = (words: Wording) => lessonSample(words, 'moved');
export const cancelledLessonSample = (words: Wording) => lessonSample(words, 'cancelled');
