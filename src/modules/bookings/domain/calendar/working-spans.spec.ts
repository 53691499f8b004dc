import { describe, expect, it } from '@jest/globals';
import { atLocal } from '../../../../platform/values/zone.js';
import { startOfSlot, slotAt } from './slots.js';
import { localDays, workingSpans, type WeeklyRule } from './working-spans.js';

const zone = 'Europe/Copenhagen';
const sunday: WeeklyRule = { weekday: 7, starts: '08:00', ends: '16:00', validFrom: '2026-01-01', validUntil: null };

function spans(rules: WeeklyRule[], from: string, until: string): string[] {
  return workingSpans(rules, localDays(from, until, zone)).map(
    ({ first, end }) =>
      `${startOfSlot(first).toISOString().slice(0, 16)}/${startOfSlot(end).toISOString().slice(0, 16)}`,
  );
}

describe('working hours', () => {
  it('stay at the same time of the clock when the clocks change', () => {
    expect(spans([sunday], '2026-03-22', '2026-04-05')).toEqual([
      '2026-03-22T07:00/2026-03-22T15:00',
      '2026-03-29T06:00/2026-03-29T14:00',
    ]);
    expect(spans([sunday], '2026-10-18', '2026-11-01')).toEqual([
      '2026-10-18T06:00/2026-10-18T14:00',
      '2026-10-25T07:00/2026-10-25T15:00',
    ]);
  });

  it('lose the hour that is skipped in March, and have the one that comes twice in October', () => {
    const night = { ...sunday, starts: '00:00', ends: '06:00' };
    const length = (date: string, until: string) => {
      const [span] = workingSpans([night], localDays(date, until, zone));
      return (span!.end - span!.first) / 4;
    };
    expect(length('2026-03-29', '2026-03-30')).toBe(5);
    expect(length('2026-10-25', '2026-10-26')).toBe(7);
  });

  it('within the skipped hour lie after it', () => {
    const skipped = { ...sunday, starts: '02:15', ends: '02:45' };
    const [span] = workingSpans([skipped], localDays('2026-03-29', '2026-03-30', zone));
    // Both times are moved by an hour, so the stretch keeps its length and lies after the gap.
    expect(startOfSlot(span!.first)).toEqual(atLocal('2026-03-29', '03:15', zone));
  });

  it('count from their first date until their last', () => {
    const rule = { ...sunday, validFrom: '2026-02-08', validUntil: '2026-02-15' };
    expect(spans([rule], '2026-02-01', '2026-03-01')).toEqual(['2026-02-08T07:00/2026-02-08T15:00']);
  });

  it('are rounded inwards to quarter hours', () => {
    expect(spans([{ ...sunday, starts: '08:05', ends: '09:10' }], '2026-02-08', '2026-02-09')).toEqual([
      '2026-02-08T07:15/2026-02-08T08:00',
    ]);
  });

  it('may end with the day', () => {
    const [span] = workingSpans(
      [{ ...sunday, starts: '22:00', ends: '24:00' }],
      localDays('2026-02-08', '2026-02-09', zone),
    );
    expect(span!.end).toBe(slotAt(atLocal('2026-02-09', '00:00', zone)));
  });
});
