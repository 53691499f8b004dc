import { describe, expect, it } from '@jest/globals';
import { localDate, toZoned } from '../platform/values/zone.js';
import { demoLessons } from './demo-lessons.js';
import { demoTimeline } from './demo-timeline.js';

const zone = 'Europe/Copenhagen';
const lessons = demoLessons('2026-11-20', zone);

describe('the demo diary', () => {
  it('is the same for the same day', () => {
    expect(demoLessons('2026-11-20', zone)).toEqual(lessons);
  });

  it('lasts six weeks around today', () => {
    expect(localDate(lessons[0]!.startsAt, zone)).toBe('2026-10-30');
    expect(localDate(lessons.at(-1)!.startsAt, zone)).toBe('2026-12-10');
  });

  it('keeps office hours on both sides of the change to winter time', () => {
    const hours = new Set(demoLessons('2026-10-26', zone).map(({ startsAt }) => toZoned(startsAt, zone).hour));
    expect([...hours]).toEqual([8, 10, 12, 14]);
  });

  it.each(['teacher', 'student'] as const)('never needs a %s twice at once', (who) => {
    for (const a of lessons) {
      const clash = lessons.find((b) => a !== b && a[who] === b[who] && a.startsAt < b.endsAt && b.startsAt < a.endsAt);
      expect(clash).toBeUndefined();
    }
  });

  it('leaves every teacher some free time every working day', () => {
    const perDay = Object.groupBy(lessons, ({ startsAt, teacher }) => `${localDate(startsAt, zone)} ${teacher}`);
    const counts = Object.values(perDay).map((day) => day?.length ?? 0);
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...counts)).toBeLessThanOrEqual(4);
  });
});

describe('the demo timeline', () => {
  const now = new Date('2026-11-20T11:30:00Z');
  const events = demoTimeline(lessons, now, zone);

  it('is in order and ends now', () => {
    const times = events.map(({ at }) => at.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(events.at(-1)!.at).toEqual(now);
  });

  it('books every lesson before anything else happens to it', () => {
    const booked = new Set<object>();
    for (const event of events) {
      if (!('lesson' in event)) continue;
      if (event.kind === 'book') booked.add(event.lesson);
      expect(booked).toContain(event.lesson);
    }
    expect(booked.size).toBe(lessons.length);
  });
});
