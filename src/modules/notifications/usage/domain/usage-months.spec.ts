import { describe, expect, it } from '@jest/globals';
import { usageMonths } from './usage-months.js';

const shown = (from: string, until: string, zone = 'Europe/Copenhagen') =>
  usageMonths({ from, until }, zone).map((month) => [
    month.name,
    month.from.toISOString().slice(0, 16),
    month.until.toISOString().slice(0, 16),
  ]);

describe('the months of a period', () => {
  it('begin and end as the clocks of the zone do, through winter and summer', () => {
    expect(shown('2026-03-01', '2026-04-30')).toEqual([
      ['2026-03', '2026-02-28T23:00', '2026-03-31T22:00'],
      ['2026-04', '2026-03-31T22:00', '2026-04-30T22:00'],
    ]);
  });

  it('are cut where the period is, on the days that are its first and last', () => {
    expect(shown('2026-11-20', '2027-01-01', 'UTC')).toEqual([
      ['2026-11', '2026-11-20T00:00', '2026-12-01T00:00'],
      ['2026-12', '2026-12-01T00:00', '2027-01-01T00:00'],
      ['2027-01', '2027-01-01T00:00', '2027-01-02T00:00'],
    ]);
    expect(shown('2026-12-31', '2026-12-31', 'UTC')).toEqual([['2026-12', '2026-12-31T00:00', '2027-01-01T00:00']]);
  });
});
