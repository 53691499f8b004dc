import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { quietUntil } from './quiet-hours.js';
import { localTime, minutesOf } from './zone.js';

const zone = 'Europe/Copenhagen';
const night = { from: '21:00', until: '08:00' };
const ends = (at: string, hours = night, where = zone) => quietUntil(new Date(at), hours, where)?.toISOString() ?? null;

describe('quiet hours', () => {
  it('hold from the evening to the morning', () => {
    expect(ends('2026-11-21T19:59:59.999Z')).toBeNull();
    expect(ends('2026-11-21T20:00:00.000Z')).toBe('2026-11-22T07:00:00.000Z');
    expect(ends('2026-11-22T03:00:00.000Z')).toBe('2026-11-22T07:00:00.000Z');
    expect(ends('2026-11-22T07:00:00.000Z')).toBeNull();
  });

  it('may lie within a day, or be none', () => {
    expect(ends('2026-11-21T12:30:00Z', { from: '13:00', until: '14:00' })).toBe('2026-11-21T13:00:00.000Z');
    expect(ends('2026-11-21T13:00:00Z', { from: '13:00', until: '14:00' })).toBeNull();
    expect(ends('2026-11-21T23:00:00Z', { from: '00:00', until: '00:00' })).toBeNull();
  });

  it('end at eight by the clock on the night that is an hour shorter or longer', () => {
    expect(ends('2026-03-28T21:00:00Z')).toBe('2026-03-29T06:00:00.000Z');
    expect(ends('2026-10-24T21:00:00Z')).toBe('2026-10-25T07:00:00.000Z');
  });

  it('go on for a night when the spring leaves out the only time to wake in', () => {
    const hours = { from: '02:45', until: '02:15' };
    expect(ends('2026-03-27T12:00:00Z', hours)).toBe('2026-03-28T01:15:00.000Z');
    expect(ends('2026-03-28T12:00:00Z', hours)).toBe('2026-03-29T01:15:00.000Z');
    const lost = { from: '03:00', until: '02:15' };
    expect(ends('2026-03-28T12:00:00Z', lost)).toBe('2026-03-30T00:15:00.000Z');
    expect(ends('2026-03-29T12:00:00Z', lost)).toBe('2026-03-30T00:15:00.000Z');
  });

  it('are those of the reader’s zone', () => {
    expect(ends('2026-11-21T07:30:00Z', night, 'Europe/London')).toBe('2026-11-21T08:00:00.000Z');
    expect(ends('2026-11-21T07:30:00Z')).toBeNull();
  });

  const time = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
    const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  });
  const zones = fc.constantFrom(zone, 'Europe/London', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata');
  // Around each change of the clocks of 2026 and 2027, and on any day of theirs.
  const changes = ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-10-04', '2027-03-28'];
  const instants = fc.oneof(
    fc
      .tuple(fc.constantFrom(...changes), fc.integer({ min: -36, max: 36 * 60 }))
      .map(([day, minutes]) => new Date(Date.parse(day) + minutes * 60_000)),
    fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }),
  );

  it('end at their end by the reader’s clock, within a day (or two), and not in other quiet hours', () => {
    fc.assert(
      fc.property(instants, time, time, zones, (at, from, until, where) => {
        const end = quietUntil(at, { from, until }, where);
        if (!end) return;
        const length = (end.getTime() - at.getTime()) / 3_600_000;
        expect(length).toBeGreaterThan(0);
        // Two nights where the spring leaves out the time to wake in.
        const awake = (minutesOf(from) - minutesOf(until) + 1_440) % 1_440;
        expect(length).toBeLessThanOrEqual(awake <= 60 ? 49 : 25);
        expect(quietUntil(end, { from, until }, where)).toBeNull();
        // In the hour that a spring night leaves out, clocks show the time an hour (Lord Howe: half of one) later.
        const late = minutesOf(localTime(end, where)) - minutesOf(until);
        expect([0, 30, 60]).toContain(late);
      }),
      { numRuns: 3_000 },
    );
  });

  it('hold at every moment of a clock that is between them, but for the hour that an autumn night has twice', () => {
    fc.assert(
      fc.property(instants, time, time, zones, (at, from, until, where) => {
        const now = localTime(at, where);
        const isBetween = from < until ? from <= now && now < until : from !== until && (now >= from || now < until);
        const isTwice = [-60, -30, 30, 60].some(
          (minutes) => localTime(new Date(at.getTime() + minutes * 60_000), where) === now,
        );
        const isNearChange = changes.some((day) => Math.abs(Date.parse(day) - at.getTime()) < 48 * 3_600_000);
        if (isTwice || isNearChange) return;
        expect(quietUntil(at, { from, until }, where) !== null).toBe(isBetween);
      }),
      { numRuns: 3_000 },
    );
  });
});
