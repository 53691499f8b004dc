import type { TimeRange } from '../../../platform/values/time-range.js';

/** Why a calendar cannot be read; each has a sentence for its owner. */
export const calendarProblems = [
  'address_refused',
  'not_found',
  'not_allowed',
  'unreachable',
  'too_slow',
  'too_large',
  'too_many_redirects',
  'not_a_calendar',
] as const;
export type CalendarProblem = (typeof calendarProblems)[number];

/** What the calendar's server said of the copy that we have. */
export interface CalendarCopy {
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export type CalendarAnswer =
  | { readonly outcome: 'unchanged' }
  /** Busy times within the window, in order and apart from each other. */
  | { readonly outcome: 'read'; readonly busy: readonly TimeRange[]; readonly copy: CalendarCopy }
  | { readonly outcome: 'failed'; readonly problem: CalendarProblem };

export interface CalendarQuestion {
  readonly url: string;
  readonly copy: CalendarCopy;
  /** The time that is asked about: bounded, because appointments may repeat for ever. */
  readonly window: TimeRange;
  /** What clock times without a zone, and whole days, are meant in. */
  readonly zone: string;
}

/** Somebody's own calendar on the internet, by its address: when he is busy, never why. */
export abstract class PrivateCalendars {
  /** The address when it is one that may be asked at all: a public server's, by https. What it resolves to is checked when it is read. */
  abstract accepts(url: string): URL | null;

  /** Says `address_refused` of what leads into our own network, whatever the name in it. Never throws for what the other side does. */
  abstract read(question: CalendarQuestion): Promise<CalendarAnswer>;
}
