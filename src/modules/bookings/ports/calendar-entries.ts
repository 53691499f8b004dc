import { SetMetadata } from '@nestjs/common';
import type { Language } from '../../../platform/http/language.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';

/** Whose calendar it is. */
export type CalendarOwner =
  | { readonly kind: 'school' }
  | { readonly kind: 'teacher'; readonly id: Id }
  | { readonly kind: 'student'; readonly id: Id }
  | { readonly kind: 'vehicle'; readonly id: Id };

/** Whose eyes an entry is for. */
export interface EntryReader {
  readonly owner: Pick<CalendarOwner, 'kind'>;
  readonly language: Language;
  /** False: students by their initials, see `initialsOf`. */
  readonly fullNames: boolean;
}

/** What a calendar of the current school is to show. */
export interface CalendarAsked extends EntryReader {
  readonly owner: CalendarOwner;
  /** What starts in it. */
  readonly range: TimeRange;
  /** What was cancelled before it is no longer shown. */
  readonly cancelledSince: Date;
  /** The soonest so many. */
  readonly limit: number;
}

/** One thing in a calendar, as RFC 5545 wants to know it. */
export interface CalendarEntry {
  /** Stays the same whatever happens to it, and is nothing else's. */
  readonly uid: Id;
  /** From 0; higher after each change. */
  readonly sequence: number;
  readonly changedAt: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly state: 'confirmed' | 'tentative' | 'cancelled';
  readonly title: string;
  readonly details: readonly string[];
  readonly place: string | null;
}

export type CalendarLister = (asked: CalendarAsked) => Promise<CalendarEntry[]>;

export const calendarEntriesMetadataKey = 'bookings:calendar-entries';

/** The method gives what its area has in somebody's calendar, by index, in order of time; calendar feeds show all areas together. */
export function ListsCalendarEntries(area: string) {
  return (target: object, name: string | symbol, descriptor: TypedPropertyDescriptor<CalendarLister>): void => {
    SetMetadata(calendarEntriesMetadataKey, area)(target, name, descriptor as PropertyDescriptor);
  };
}

/** 'Anna Marie Østergaard' is 'A.M.Ø.' */
export function initialsOf(name: string): string {
  const first = name.split(/\s+/).flatMap((word) => /^./u.exec(word) ?? []);
  return first.map((letter) => `${letter.toLocaleUpperCase('da')}.`).join('');
}
