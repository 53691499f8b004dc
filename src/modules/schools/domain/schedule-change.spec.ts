import { describe, expect, it } from '@jest/globals';
import { newId } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { assuming, type ScheduleRows } from './schedule-change.js';

const [lars, mette] = [newId(), newId()];
const monday = { weekday: 1, starts: '08:00', ends: '16:00' };
const rows: ScheduleRows = {
  weeks: [
    { ...monday, teacherId: lars, validFrom: '2026-01-01', validUntil: null },
    { ...monday, teacherId: lars, validFrom: '2025-01-01', validUntil: '2026-01-01' },
    { ...monday, teacherId: lars, validFrom: '2027-06-01', validUntil: null },
    { ...monday, teacherId: mette, validFrom: '2026-01-01', validUntil: null },
  ],
  dates: [{ teacherId: lars, date: '2026-12-24', hours: [] }],
  away: [],
  closed: ['2026-12-25'],
};

describe('a schedule, assuming a change', () => {
  it('has another week from a date on, for that teacher alone', () => {
    const week = [{ weekday: 2, starts: '10:00', ends: '12:00' }];
    const { weeks, ...rest } = assuming(rows, { kind: 'week', teacherId: lars, from: '2026-12-01', week });
    expect(weeks).toEqual([
      { ...monday, teacherId: lars, validFrom: '2026-01-01', validUntil: '2026-12-01' },
      { ...monday, teacherId: lars, validFrom: '2025-01-01', validUntil: '2026-01-01' },
      rows.weeks[3],
      { ...week[0], teacherId: lars, validFrom: '2026-12-01', validUntil: null },
    ]);
    expect(rest).toEqual({ dates: rows.dates, away: [], closed: rows.closed });
  });

  it('has other hours on a date, or those of the weekday again', () => {
    const hours = [{ starts: '10:00', ends: '12:00' }];
    const day = { kind: 'date', teacherId: lars, date: '2026-12-24' } as const;
    expect(assuming(rows, { ...day, hours }).dates).toEqual([{ teacherId: lars, date: '2026-12-24', hours }]);
    expect(assuming(rows, { ...day, hours: null }).dates).toEqual([]);
    expect(assuming(rows, { ...day, teacherId: mette, hours: [] }).dates).toHaveLength(2);
  });

  it('has time off, or days on which the school is closed, besides', () => {
    const range = new TimeRange(new Date('2026-12-01T08:00:00Z'), new Date('2026-12-02T08:00:00Z'));
    expect(assuming(rows, { kind: 'away', teacherId: mette, range }).away).toEqual([
      { teacherId: mette, startsAt: range.start, endsAt: range.end },
    ]);
    expect(assuming(rows, { kind: 'closing', dates: ['2026-12-26'] }).closed).toEqual(['2026-12-25', '2026-12-26']);
  });
});
