import { addDays, atLocal, eachDate, localDate, weekdayOf } from '../platform/values/zone.js';
import type { DemoLesson } from './demo-lessons.js';

/** Something that somebody at the demo school did. */
export type DemoEvent =
  | { readonly at: Date; readonly kind: 'book' | 'cancel' | 'complete' | 'miss'; readonly lesson: DemoLesson }
  | { readonly at: Date; readonly kind: 'invoice' | 'pay' };

const hour = 3_600_000;
const day = 24 * hour;

/** What has happened until now because of the lessons, in its order: booked a week ahead, invoiced on Fridays, paid on Mondays. */
export function demoTimeline(lessons: readonly DemoLesson[], now: Date, zone: string): DemoEvent[] {
  const events = [...lessons.flatMap((lesson) => eventsOf(lesson, now)), ...billing(now, zone)];
  return events.filter(({ at }) => at <= now).toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

function eventsOf(lesson: DemoLesson, now: Date): DemoEvent[] {
  const start = lesson.startsAt.getTime();
  // What lies further ahead has been booked just now.
  const booked = new Date(Math.min(start - 8 * day, now.getTime()));
  const endings = {
    given: { at: lesson.endsAt, kind: 'complete' },
    missed: { at: lesson.endsAt, kind: 'miss' },
    cancelled: { at: new Date(start - 2 * day), kind: 'cancel' },
    cancelled_late: { at: new Date(start - 3 * hour), kind: 'cancel' },
  } as const;
  return [
    { at: booked, kind: 'book', lesson },
    { ...endings[lesson.ending], lesson },
  ];
}

function billing(now: Date, zone: string): DemoEvent[] {
  const today = localDate(now, zone);
  return eachDate(addDays(today, -21), today).flatMap((date): DemoEvent[] => {
    if (weekdayOf(date) === 5) return [{ at: atLocal(date, '16:40', zone), kind: 'invoice' }];
    return weekdayOf(date) === 1 ? [{ at: atLocal(date, '07:00', zone), kind: 'pay' }] : [];
  });
}
