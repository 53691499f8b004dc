import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../test/support/properties.js';
import { addDays, atLocal, localDate } from '../../../platform/values/zone.js';
import { deadlineOf, policyOf, simply, wholePrice, type Notice } from './cancellation-policy.js';
import { checkCancellation } from './cancellation-rules.js';
import { WorkingDays } from './working-days.js';

const zone = 'Europe/Copenhagen';
const calendar = { zone, workingDays: new WorkingDays() };
const deadline = (notice: Notice, startsAt: string) => deadlineOf(notice, new Date(startsAt), calendar).toISOString();
const hours = (before: number): Notice => ({ clock: 'hours_before', before, time: null });
const wall = (before: number, time: string): Notice => ({ clock: 'wall_clock', before, time });
const working = (before: number, time: string): Notice => ({ clock: 'working_days_before', before, time });

const quarters = fc.integer({ min: 0, max: 200_000 }).map((n) => new Date(Date.UTC(2024, 0, 1) + n * 900_000));
const times = fc.integer({ min: 0, max: 95 }).map((n) => `${pad(Math.floor(n / 4))}:${pad((n % 4) * 15)}`);
const pad = (n: number) => String(n).padStart(2, '0');

describe('a notice for cancelling', () => {
  it('counts hours as they pass, also in the nights in which the clocks change', () => {
    expect(deadline(hours(24), '2026-03-29T08:00:00Z')).toBe('2026-03-28T08:00:00.000Z');
    expect(deadline(hours(2), '2026-10-25T08:00:00Z')).toBe('2026-10-25T06:00:00.000Z');
  });

  it('ends at a time of the school’s clock, some days before or on the day itself', () => {
    // Sunday 10:00 summer time, the clocks having changed in the night: Saturday 12:00 was winter time.
    expect(deadline(wall(1, '12:00'), '2026-03-29T08:00:00Z')).toBe('2026-03-28T11:00:00.000Z');
    expect(deadline(wall(1, '12:00'), '2026-10-25T09:00:00Z')).toBe('2026-10-24T10:00:00.000Z');
    expect(deadline(wall(0, '07:00'), '2026-11-23T09:00:00Z')).toBe('2026-11-23T06:00:00.000Z');
    // 00:30 in Copenhagen is still the day before in UTC.
    expect(deadline(wall(1, '12:00'), '2026-11-22T23:30:00Z')).toBe('2026-11-22T11:00:00.000Z');
  });

  it('is never after the start', () => {
    expect(deadline(wall(0, '07:00'), '2026-11-23T05:00:00Z')).toBe('2026-11-23T05:00:00.000Z');
  });

  it('counts working days', () => {
    expect(deadline(working(3, '12:00'), '2026-11-23T09:00:00Z')).toBe('2026-11-18T11:00:00.000Z');
    // The Tuesday after Easter, across the change to summer time.
    expect(deadline(working(5, '12:00'), '2026-04-07T08:00:00Z')).toBe('2026-03-26T11:00:00.000Z');
    const kept = { zone, workingDays: new WorkingDays(['christmas_eve']) };
    expect(deadlineOf(working(1, '12:00'), new Date('2026-12-28T09:00:00Z'), kept).toISOString()).toBe(
      '2026-12-23T11:00:00.000Z',
    );
  });

  it('lies on its date at its time, whatever the start, and never moves forward when it is longer', () => {
    fc.assert(
      fc.property(quarters, fc.integer({ min: 1, max: 20 }), times, (startsAt, before, time) => {
        const date = localDate(startsAt, zone);
        const days = deadlineOf(wall(before, time), startsAt, calendar);
        expect(days).toEqual(atLocal(addDays(date, -before), time, zone));
        const ofWork = deadlineOf(working(before, time), startsAt, calendar);
        expect(ofWork <= days && ofWork < startsAt).toBe(true);
        expect(deadlineOf(working(before + 1, time), startsAt, calendar) < ofWork).toBe(true);
        expect(deadlineOf(hours(before), startsAt, calendar).getTime()).toBe(startsAt.getTime() - before * 3_600_000);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a policy', () => {
  const kroner = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

  it('is said in short where hours and an amount are all of it', () => {
    const short = { hours: 24, fee: kroner(300) };
    expect(simply(policyOf(short))).toEqual(short);
    expect(simply({ ...policyOf(short), noShow: { amount: null, percent: 50 } })).toBeNull();
    expect(simply({ steps: [], noShow: wholePrice })).toBeNull();
    const half = { ...hours(24), fee: { amount: null, percent: 50 } };
    expect(simply({ steps: [half], noShow: wholePrice })).toBeNull();
  });

  it('names every wrong field', () => {
    const fee = { amount: null, percent: 50 };
    const wrong = (...steps: Parameters<typeof checkCancellation>[0]['steps']) =>
      checkCancellation({ steps, noShow: wholePrice }, 'DKK', 'cancellation').map(({ field }) =>
        field.replace('cancellation.steps.', ''),
      );
    expect(wrong({ ...hours(24), fee }, { ...wall(0, '07:00'), fee: { amount: null, percent: 100 } })).toEqual([]);
    expect(wrong({ ...hours(24), time: '12:00', fee })).toEqual(['0.time']);
    expect(wrong({ ...wall(61, '12:00'), fee }, { ...working(0, '12:00'), fee })).toEqual(['0.before', '1.before']);
    expect(wrong({ clock: 'wall_clock', before: 1, time: null, fee })).toEqual(['0.time']);
    expect(wrong({ ...hours(2), fee: { amount: kroner(1), percent: 1 } })).toEqual(['0.fee']);
    expect(wrong({ ...hours(2), fee: { amount: null, percent: null } })).toEqual(['0.fee']);
    expect(wrong({ ...hours(2), fee: { amount: { amount: -1, currency: 'EUR' }, percent: null } })).toEqual([
      '0.fee.amount.amount',
      '0.fee.amount.currency',
    ]);
    expect(wrong({ ...hours(2), fee }, { ...hours(24), fee: { amount: null, percent: 20 } })).toEqual([
      '1.before',
      '1.fee',
    ]);
  });
});
