import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { localDate, localTime, weekdayOf } from '../../../../platform/values/zone.js';
import { isPublicHoliday } from '../../../schools/index.js';
import { sessionDates, type SessionTimes } from './session-dates.js';

const zone = 'Europe/Copenhagen';
const never = () => false;
const evenings = (count: number) => Array.from({ length: count }, (_, i) => ({ topic: `Teori ${i + 1}`, minutes: 90 }));
const lay = (count: number, times: Partial<SessionTimes> & Pick<SessionTimes, 'startsOn'>) =>
  sessionDates(evenings(count), { zone, isOff: never, weekly: [{ weekday: 2, time: '18:00' }], ...times })!;
const starts = (sessions: readonly { startsAt: Date }[]) => sessions.map(({ startsAt }) => startsAt.toISOString());

describe('the sessions of a course', () => {
  it('follow the weekly times from the first date on, in order of time', () => {
    const weekly = [
      { weekday: 4, time: '18:00' },
      { weekday: 2, time: '18:00' },
      { weekday: 2, time: '10:00' },
    ];
    const sessions = lay(5, { startsOn: '2026-12-02', weekly });
    expect(starts(sessions)).toEqual([
      '2026-12-03T17:00:00.000Z',
      '2026-12-08T09:00:00.000Z',
      '2026-12-08T17:00:00.000Z',
      '2026-12-10T17:00:00.000Z',
      '2026-12-15T09:00:00.000Z',
    ]);
    expect(sessions.map(({ number, topic }) => `${number} ${topic}`)).toEqual(
      [1, 2, 3, 4, 5].map((n) => `${n} Teori ${n}`),
    );
    expect(+sessions[0]!.endsAt - +sessions[0]!.startsAt).toBe(90 * 60_000);
  });

  it('keep their time of day over the nights in which the clocks change', () => {
    expect(starts(lay(2, { startsOn: '2027-03-23' }))).toEqual([
      '2027-03-23T17:00:00.000Z',
      '2027-03-30T16:00:00.000Z',
    ]);
    expect(starts(lay(2, { startsOn: '2027-10-26' }))).toEqual([
      '2027-10-26T16:00:00.000Z',
      '2027-11-02T17:00:00.000Z',
    ]);
  });

  it('begin an hour later where the hour does not exist, and in the first of two that are called alike', () => {
    const night = (startsOn: string) => lay(1, { startsOn, weekly: [{ weekday: 7, time: '02:30' }] });
    expect(starts(night('2027-03-28'))).toEqual(['2027-03-28T01:30:00.000Z']);
    expect(starts(night('2027-10-31'))).toEqual(['2027-10-31T00:30:00.000Z']);
  });

  it('leave out holidays when asked to', () => {
    const weekly = [{ weekday: 4, time: '18:00' }];
    const dates = (isOff: SessionTimes['isOff']) =>
      lay(3, { startsOn: '2027-04-29', weekly, isOff }).map(({ startsAt }) => localDate(startsAt, zone));
    expect(dates(never)).toEqual(['2027-04-29', '2027-05-06', '2027-05-13']);
    // Ascension Day is on the sixth.
    expect(dates(isPublicHoliday)).toEqual(['2027-04-29', '2027-05-13', '2027-05-20']);
  });

  it('with days of their own keep their distance when one is put off', () => {
    const own = [0, 2, 9].map((dayOffset) => ({ topic: 'Teori', minutes: 60, dayOffset, time: '09:00' }));
    const times = { startsOn: '2026-12-23', weekly: [], zone, isOff: isPublicHoliday };
    // The second falls on Christmas Day, and goes to the first date after the holidays.
    const dates = sessionDates(own, times)!.map(({ startsAt }) => localDate(startsAt, zone));
    expect(dates).toEqual(['2026-12-23', '2026-12-27', '2027-01-03']);
  });

  it('are none when there is nothing to go by, or nothing is ever taught', () => {
    expect(sessionDates(evenings(1), { startsOn: '2026-12-01', weekly: [], zone, isOff: never })).toBeNull();
    expect(lay(1, { startsOn: '2026-12-01', isOff: () => true })).toBeNull();
  });

  it('lie on their weekday at their time, in order, on no date that is off', () => {
    const wish = fc.record({
      offset: fc.integer({ min: 0, max: 3_000 }),
      count: fc.integer({ min: 1, max: 60 }),
      weekly: fc.uniqueArray(
        fc.record({ weekday: fc.integer({ min: 1, max: 7 }), time: fc.constantFrom('08:00', '17:45') }),
        {
          minLength: 1,
          maxLength: 5,
          selector: ({ weekday, time }) => `${weekday} ${time}`,
        },
      ),
    });
    fc.assert(
      fc.property(wish, ({ offset, count, weekly }) => {
        const startsOn = new Date(Date.UTC(2026, 0, 1 + offset)).toISOString().slice(0, 10);
        const sessions = lay(count, { startsOn, weekly, isOff: isPublicHoliday });
        expect(sessions).toHaveLength(count);
        sessions.forEach(({ startsAt }, index) => {
          const date = localDate(startsAt, zone);
          expect(date >= startsOn && !isPublicHoliday(date)).toBe(true);
          expect(weekly).toContainEqual({ weekday: weekdayOf(date), time: localTime(startsAt, zone) });
          if (index > 0) expect(+startsAt).toBeGreaterThan(+sessions[index - 1]!.startsAt);
        });
      }),
      { numRuns: 100 },
    );
  });
});
