import { expect, it } from '@jest/globals';
import { newId } from '../../../../platform/values/id.js';
import type { DiaryItem } from '../../domain/diary-item.js';
import { travelConflicts } from './conflicts.js';

const named = (name: string) => ({ id: newId(), name });
const [mette, golf, valby, amager] = [named('Mette'), named('Golf'), named('Valby'), named('Amager')];

function lesson(startsAt: string, more: Partial<DiaryItem>): DiaryItem {
  const start = new Date(startsAt);
  const end = new Date(start.getTime() + 45 * 60_000);
  const bare = { student: null, teacher: mette, vehicle: golf, trailer: null, facility: null, location: valby };
  const what = {
    kind: 'lesson',
    id: newId(),
    state: 'booked',
    title: 'Kørelektion',
    setupMinutes: 0,
    bufferMinutes: 0,
  };
  return { ...what, ...bare, startsAt: start, endsAt: end, ...more };
}

it('finds who cannot get there in time, by teacher and by vehicle, once each', () => {
  const first = lesson('2026-11-23T08:00:00Z', {});
  const near = lesson('2026-11-23T08:45:00Z', {});
  const far = lesson('2026-11-23T09:45:00Z', { location: amager });
  const late = lesson('2026-11-23T10:30:00Z', { location: valby, teacher: named('Lars') });
  const ways = new Map([
    [valby.id, new Map([[amager.id, 1]])],
    [amager.id, new Map([[valby.id, 1]])],
  ]);
  expect(travelConflicts([late, far, first, near], ways)).toEqual(new Set([late.id]));
  const nearby = new Map([valby, amager].map(({ id }) => [id, new Map()]));
  expect(travelConflicts([late, far, first, near], nearby)).toEqual(new Set());
});

it('knows no way to a place that is not named', () => {
  const first = lesson('2026-11-23T08:00:00Z', {});
  const next = lesson('2026-11-23T08:45:00Z', { location: null });
  expect(travelConflicts([first, next], new Map([[valby.id, new Map([[amager.id, 4]])]]))).toEqual(new Set());
});
