import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';

export interface Named {
  readonly id: Id;
  readonly name: string;
}

/** What an outer join found; null when it found nothing. */
export function namedIfAny(id: Id | null, name: string | null): Named | null {
  return id && name !== null ? { id, name } : null;
}

/** Something that stands in the diary, with all that it takes; cancelled things do not. */
export interface DiaryItem {
  /** What it is: 'lesson', 'class_session', 'exam'. */
  readonly kind: string;
  readonly id: Id;
  readonly state: string;
  /** What the diary writes over it: the lesson type, the topic. */
  readonly title: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Busy time before and after it. */
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  /** Nobody when it is a class. */
  readonly student: Named | null;
  readonly teacher: Named | null;
  readonly vehicle: Named | null;
  readonly trailer: Named | null;
  readonly facility: Named | null;
  readonly location: Named | null;
}

/** All the time that it takes of whoever teaches: setup and buffer too. */
export function blockOf({
  startsAt,
  endsAt,
  setupMinutes,
  bufferMinutes,
}: Pick<DiaryItem, 'startsAt' | 'endsAt' | 'setupMinutes' | 'bufferMinutes'>): TimeRange {
  return new TimeRange(startsAt, endsAt).widened(setupMinutes, bufferMinutes);
}

/** Which items are asked for: those that touch the range, of this teacher, with this vehicle or trailer. */
export interface DiaryAsked {
  readonly range: TimeRange;
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
}

export type DiaryItems = (asked: DiaryAsked) => Promise<DiaryItem[]>;
