import type { Id } from '../../../../platform/values/id.js';

/** What becomes of something in the diary; the names of the events that listeners hear. */
const diaryChanges = ['created', 'moved', 'cancelled', 'completed', 'no_show', 'held', 'hold_ended'] as const;
export type DiaryChange = (typeof diaryChanges)[number];

/** What a diary needs to draw something anew: ids, times and states, and no names. */
export interface DiaryNews {
  /** Of the event that tells it: whoever hears it twice knows it by this and the id. */
  readonly eventId: Id;
  readonly kind: 'lesson' | 'class_session' | 'exam';
  readonly id: Id;
  /** As it stands now, which may be more than this event changed: an older version is news of before. */
  readonly version: number;
  readonly state: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly teacherId: Id | null;
  readonly studentId: Id | null;
  readonly vehicleId: Id | null;
  /** Where it was, when it was moved. */
  readonly previous: { readonly startsAt: string; readonly teacherId: Id | null } | null;
}

/** News as a listener gets it: instants have become text. */
type Told = Pick<DiaryNews, 'teacherId' | 'previous'>;

/** Also of what was his until now, so that it goes from his diary. */
export function concernsTeacher({ teacherId, previous }: Told, asked: Id): boolean {
  return teacherId === asked || previous?.teacherId === asked;
}
