import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { maskOf } from '../../domain/calendar/busy-mask.js';
import { SLOTS_PER_DAY } from '../../domain/calendar/slots.js';
import { daySheet, utilisation } from './day-sheet.js';

const day = 20_000;
const at = (slot: number) => day * SLOTS_PER_DAY + slot;
const span = (first: number, end: number) => ({ first: at(first), end: at(end) });
const window = span(0, SLOTS_PER_DAY);
const open = { window, hours: [span(32, 64)], timeOff: [], busy: [], own: [], shortestLesson: 3 };

describe('a day', () => {
  it('without anything in it is free from the first hour to the last', () => {
    expect(daySheet(open)).toMatchObject({
      working: [span(32, 64)],
      free: [{ ...span(32, 64), fitsLesson: true }],
      workingMinutes: 480,
      claimedMinutes: 0,
      usedMinutes: 0,
    });
  });

  it('tells holes from time in which a lesson fits', () => {
    const own = [span(32, 36), span(38, 61)];
    const busy = [
      { day, ...maskOf(32, 36) },
      { day, ...maskOf(38, 61) },
    ];
    expect(daySheet({ ...open, own, busy }).free).toEqual([
      { ...span(36, 38), fitsLesson: false },
      { ...span(61, 64), fitsLesson: true },
    ]);
  });

  it('calls busy elsewhere what is claimed and not ours, and what is ours outside of the hours claimed but not used', () => {
    const sheet = daySheet({
      ...open,
      own: [span(62, 66)],
      busy: [
        { day, ...maskOf(10, 12) },
        { day, ...maskOf(62, 66) },
      ],
    });
    expect(sheet.busyElsewhere).toEqual([span(10, 12)]);
    expect(sheet).toMatchObject({ claimedMinutes: 60, usedMinutes: 30 });
  });

  it('shares its working time between what is free and what is taken, whatever is in it', () => {
    const spans = fc
      .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 20 }))
      .map(([first, length]) => span(first, Math.min(first + length, SLOTS_PER_DAY)));
    const some = fc.array(spans, { maxLength: 6 });
    fc.assert(
      fc.property(some, some, some, some, (hours, timeOff, own, elsewhere) => {
        const busy = [...own, ...elsewhere].map(({ first, end }) => ({ day, ...maskOf(first - at(0), end - at(0)) }));
        const sheet = daySheet({ window, hours, timeOff, own, busy, shortestLesson: 3 });
        const slots = new Set<number>();
        for (const { first, end } of sheet.working) for (let slot = first; slot < end; slot++) slots.add(slot);
        const taken = [...slots].filter((slot) =>
          [...own, ...elsewhere].some(({ first, end }) => slot >= first && slot < end),
        );
        const free = sheet.free.reduce((sum, { first, end }) => sum + end - first, 0);
        expect(free + taken.length).toBe(slots.size);
        expect(sheet.workingMinutes).toBe(slots.size * 15);
        expect(sheet.usedMinutes).toBeLessThanOrEqual(sheet.workingMinutes);
      }),
    );
  });

  it('without working time has no utilisation', () => {
    expect(utilisation(0, 0)).toBeNull();
    expect(utilisation(120, 480)).toBe(25);
  });
});
