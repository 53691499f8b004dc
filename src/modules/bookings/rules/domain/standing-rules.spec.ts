import { describe, expect, it } from '@jest/globals';
import { Money } from '../../../../platform/values/money.js';
import { newId } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { addDays, atLocal, localDate, weekdayOf } from '../../../../platform/values/zone.js';
import type { LessonLimit } from '../../domain/booking-rule.js';
import {
  fullSpans,
  isOpen,
  prepaymentOf,
  reachedLimits,
  refusalsOfStart,
  weekOf,
  type CountedLesson,
  type StandingRules,
} from './standing-rules.js';

const zone = 'Europe/Copenhagen';
const now = new Date('2026-11-20T08:00:00Z');
const [one, other] = [newId(), newId()];
const free: StandingRules = {
  noticeMinutes: 0,
  horizonDays: null,
  open: null,
  openUntil: null,
  studentsBook: true,
  arrearsLimit: null,
  holdMinutes: 30,
  prepayment: 'none',
  depositMinor: null,
  theoryPercent: null,
  limits: [],
};
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const against = (rules: Partial<StandingRules>, startsAt: Date, bySelf = true) => [
  ...refusalsOfStart({ ...free, ...rules }, { startsAt, now, bySelf }).keys(),
];

describe('notice and horizon', () => {
  it('refuse what is sooner or later, and let their own edge through', () => {
    expect(against({ noticeMinutes: 120 }, hours(2))).toEqual([]);
    expect(against({ noticeMinutes: 121 }, hours(2))).toEqual(['notice']);
    expect(against({ horizonDays: 1 }, hours(24))).toEqual([]);
    expect(against({ horizonDays: 1 }, hours(24.25))).toEqual(['horizon']);
  });

  it('say nothing of what staff write down afterwards, and much of what a student does', () => {
    expect(against({ noticeMinutes: 120 }, hours(-1), false)).toEqual([]);
    expect(against({ noticeMinutes: 120 }, hours(-1), true)).toEqual(['notice']);
    expect(against({ noticeMinutes: 120 }, hours(1), false)).toEqual(['notice']);
  });
});

describe('opening', () => {
  const opened = (rules: Partial<StandingRules>, bySelf = true) => isOpen({ ...free, ...rules }, '2026-11-20', bySelf);

  it('of one student binds everybody; that students do not book at all binds them alone', () => {
    expect(opened({})).toBe(true);
    expect(opened({ studentsBook: false })).toBe(false);
    expect(opened({ studentsBook: false }, false)).toBe(true);
    expect(opened({ studentsBook: false, open: true })).toBe(true);
    expect(opened({ open: false }, false)).toBe(false);
    expect(opened({ openUntil: '2026-11-20' })).toBe(true);
    expect(opened({ openUntil: '2026-11-19', open: true }, false)).toBe(false);
  });
});

describe('a prepayment', () => {
  it('is all, a deposit that is never more than the price, or nothing', () => {
    const price = Money.of(65_000);
    expect(prepaymentOf({ ...free, prepayment: 'full' }, price)).toEqual(price);
    expect(prepaymentOf({ ...free, prepayment: 'deposit', depositMinor: 20_000 }, price)).toEqual(Money.of(20_000));
    expect(prepaymentOf({ ...free, prepayment: 'deposit', depositMinor: 90_000 }, price)).toEqual(price);
    expect(prepaymentOf(free, price).isZero).toBe(true);
  });
});

describe('limits', () => {
  it('count days and weeks by the school’s clocks, across both nights in which they change', () => {
    for (const sunday of ['2027-03-28', '2026-10-25']) {
      const week = weekOf(atLocal(sunday, '12:00', zone), zone);
      expect(localDate(week.start, zone)).toBe(addDays(sunday, -6));
      expect(localDate(week.end, zone)).toBe(addDays(sunday, 1));
      const hoursOfWeek = (week.end.getTime() - week.start.getTime()) / 3_600_000;
      expect(hoursOfWeek).toBe(sunday === '2027-03-28' ? 167 : 169);
    }
  });

  it('leave open exactly the starts at which one more lesson would be within all of them', () => {
    const random = seeded(20_261_121);
    for (let run = 0; run < 60; run++) {
      const limits = someLimits(random);
      const first = addDays('2026-10-12', Math.floor(random() * 30));
      const window = new TimeRange(atLocal(first, '00:00', zone), atLocal(addDays(first, 15), '00:00', zone));
      const lessons: CountedLesson[] = Array.from({ length: Math.floor(random() * 14) }, () => ({
        startsAt: new Date(window.start.getTime() - 7 * 86_400_000 + Math.floor(random() * 29 * 96) * 900_000),
        lessonTypeId: random() < 0.5 ? one : other,
      }));
      const full = fullSpans(limits, lessons, one, window, zone);
      for (let probe = 0; probe < 12; probe++) {
        const startsAt = new Date(window.start.getTime() + Math.floor(random() * 14 * 96) * 900_000);
        const hidden = full.some(({ start, end }) => start <= startsAt && startsAt < end);
        const refused = reachedLimits(limits, lessons, { startsAt, lessonTypeId: one }, zone).length > 0;
        expect({ run, hidden }).toEqual({ run, hidden: refused });
        expect({ run, refused }).toEqual({
          run,
          refused: isBeyond(limits, [...lessons, { startsAt, lessonTypeId: one }], startsAt),
        });
      }
    }
  });
});

/** The same, said another way: with one more lesson there is a limit that its day or week is above. */
function isBeyond(limits: readonly LessonLimit[], lessons: readonly CountedLesson[], startsAt: Date): boolean {
  const monday = (date: string) => addDays(date, 1 - weekdayOf(date));
  const day = localDate(startsAt, zone);
  return limits.some(({ rule, scope, most }) => {
    const same = lessons.filter((lesson) => {
      if (scope === 'lesson_type' && lesson.lessonTypeId !== one) return false;
      const its = localDate(lesson.startsAt, zone);
      return rule === 'day_limit' ? its === day : monday(its) === monday(day);
    });
    return same.length > most;
  });
}

function someLimits(random: () => number): LessonLimit[] {
  return (['day_limit', 'week_limit'] as const).flatMap((rule) =>
    (['lesson_type', 'school'] as const)
      .filter(() => random() < 0.5)
      .map((scope) => ({ rule, scope, most: Math.floor(random() * (rule === 'day_limit' ? 3 : 6)) })),
  );
}

function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}
