import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { newId } from '../../../../platform/values/id.js';
import { busyDays } from '../../testing/busy-days.js';
import {
  freePlaces,
  freeTimeAt,
  hindranceOf,
  type FreeTime,
  type LessonSupply,
  type TeacherTime,
} from './free-times.js';
import { slotAt, type SlotSpan } from './slots.js';

const monday = slotAt(new Date('2026-11-23T00:00:00Z'));
const at = (time: string) => monday + slotAt(new Date(`1970-01-01T${time}:00Z`));
const span = (from: string, until: string): SlotSpan => ({ first: at(from), end: at(until) });
const slots = { setup: 0, lesson: 3, buffer: 0 };

function teacher(over: Partial<TeacherTime> = {}): TeacherTime {
  return { id: newId(), resourceId: 1, name: 'Anna', hours: [span('08:00', '10:00')], timeOff: [], busy: [], ...over };
}

function freeTimes(over: Partial<LessonSupply>): FreeTime[] {
  const supply = { window: span('00:00', '23:00'), slots, teachers: [teacher()], ...over };
  return [...freePlaces(supply)].map((place) => freeTimeAt(place, supply.slots));
}

function starts(over: Partial<LessonSupply>): string[] {
  return freeTimes(over).map((time) => time.startsAt.toISOString().slice(11, 16));
}

describe('free times', () => {
  it('offers every quarter hour at which the whole lesson fits', () => {
    expect(starts({})).toEqual(['08:00', '08:15', '08:30', '08:45', '09:00', '09:15']);
  });

  it('leaves out what is booked, and time off', () => {
    expect(starts({ teachers: [teacher({ busy: busyDays(span('08:00', '08:30')) })] })).toEqual([
      '08:30',
      '08:45',
      '09:00',
      '09:15',
    ]);
    expect(starts({ teachers: [teacher({ timeOff: [span('09:00', '10:00')] })] })).toEqual(['08:00', '08:15']);
  });

  it('keeps setup and buffer inside working hours and clear of other bookings', () => {
    expect(starts({ slots: { setup: 1, lesson: 3, buffer: 1 } })).toEqual(['08:15', '08:30', '08:45', '09:00']);
  });

  it('asks the student for the lesson alone, without setup and buffer', () => {
    const student = busyDays(span('08:00', '08:15'));
    expect(starts({ slots: { setup: 1, lesson: 3, buffer: 1 }, student })).toEqual([
      '08:15',
      '08:30',
      '08:45',
      '09:00',
    ]);
  });

  it('names the first vehicle that is free the whole time, and nothing when none is', () => {
    const [first, second] = [newId(), newId()];
    const vehicles = [
      { id: first, resourceId: 2, busy: busyDays(span('08:00', '09:00')) },
      { id: second, resourceId: 3, busy: busyDays(span('08:30', '10:00')) },
    ];
    const times = freeTimes({ vehicles });
    expect(times.map((time) => time.vehicleId)).toEqual([first, first]);
    expect(times[0]!.startsAt.toISOString()).toContain('T09:00');
    expect(starts({ vehicles: [] })).toEqual([]);
  });

  it('says what is in the way of one start', () => {
    const window = span('08:00', '08:15');
    const busy = busyDays(span('08:30', '08:45'));
    const free = { nobodyAtWork: false, teacher: false, student: false, vehicle: false };
    expect(hindranceOf({ window, slots, teachers: [teacher()] })).toEqual(free);
    expect(
      hindranceOf({
        window,
        slots,
        teachers: [teacher({ busy })],
        student: busy,
        vehicles: [{ id: newId(), resourceId: 2, busy }],
      }),
    ).toEqual({
      nobodyAtWork: false,
      teacher: true,
      student: true,
      vehicle: true,
    });
    expect(hindranceOf({ window: span('10:00', '10:15'), slots, teachers: [teacher()] })).toEqual({
      ...free,
      nobodyAtWork: true,
      teacher: true,
    });
  });

  it('never offers a time that touches a busy quarter hour', () => {
    const busySpan = fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(fc.array(busySpan, { maxLength: 8 }), fc.integer({ min: 1, max: 8 }), (spans, lesson) => {
        const taken = spans.map(([first, count]) => ({ first: monday + first, end: monday + first + count }));
        const busy = taken.flatMap(busyDays);
        const hours = [{ first: monday, end: monday + 96 }];
        const found = freeTimes({
          window: hours[0]!,
          slots: { setup: 0, lesson, buffer: 0 },
          teachers: [teacher({ hours, busy })],
        });
        const offered = new Set(found.map((time) => slotAt(time.startsAt)));
        for (let start = monday; start < monday + 96; start++) {
          const fits =
            start + lesson <= monday + 96 && taken.every(({ first, end }) => start + lesson <= first || end <= start);
          expect(offered.has(start)).toBe(fits);
        }
      }),
    );
  });
});
