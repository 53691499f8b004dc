import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../../../test/support/properties.js';
import { newId } from '../../../../platform/values/id.js';
import { busyDays } from '../../testing/busy-days.js';
import { bestPlace, freePlaces, freeTimeAt, type FreeTime, type Site, type TeacherTime } from './free-times.js';
import type { LessonSlots, LessonSupply, UnitTime } from './free-times.js';
import { hindrancesOf } from './hindrances.js';
import { slotAt, type SlotSpan } from './slots.js';

const monday = slotAt(new Date('2026-11-23T00:00:00Z'));
const at = (time: string) => monday + slotAt(new Date(`1970-01-01T${time}:00Z`));
const span = (from: string, until: string): SlotSpan => ({ first: at(from), end: at(until) });
const slots = { setup: 0, lesson: 3, buffer: 0 };

function teacher(over: Partial<TeacherTime> = {}): TeacherTime {
  return { id: newId(), resourceId: 1, name: 'Anna', hours: [span('08:00', '10:00')], timeOff: [], busy: [], ...over };
}

type Situation = Partial<Site> & {
  readonly window?: SlotSpan;
  readonly slots?: LessonSlots;
  readonly student?: LessonSupply['student'];
  readonly sites?: readonly Site[];
};

function supplyOf(over: Situation): LessonSupply {
  const { window = span('00:00', '23:00'), student, slots: taken = slots, sites, ...site } = over;
  const all = sites ?? [{ locationId: null, teachers: [teacher()], ...site }];
  const teachers = [...new Set(all.flatMap((each) => each.teachers))];
  return { window, slots: taken, teachers, sites: all, ...(student && { student }) };
}

function freeTimes(over: Situation): FreeTime[] {
  const supply = supplyOf(over);
  return [...freePlaces(supply)].map((place) => freeTimeAt(place, supply.slots));
}

function unit(...busy: SlotSpan[]): UnitTime {
  return { id: newId(), resourceId: 2, busy: busy.flatMap(busyDays) };
}

function starts(over: Situation): string[] {
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

  it('names a vehicle that is free the whole time, and nothing when none is', () => {
    const vehicles = [unit(span('08:00', '09:00')), unit(span('08:30', '10:00'))];
    const times = freeTimes({ vehicles });
    expect(times.map((time) => time.vehicleId)).toEqual([vehicles[0]!.id, vehicles[0]!.id]);
    expect(times[0]!.startsAt.toISOString()).toContain('T09:00');
    expect(starts({ vehicles: [] })).toEqual([]);
  });

  it('needs vehicle, trailer and a place of the facility at once', () => {
    const [vehicle, trailer] = [unit(span('08:00', '08:15')), unit(span('08:45', '09:00'))];
    const places = [unit(span('08:00', '09:15')), unit(span('09:00', '10:00'))].map((each, place) => ({
      ...each,
      place,
    }));
    const all = { vehicles: [vehicle], trailers: [trailer], facilities: places };
    expect(starts(all)).toEqual(['09:15']);
    const found = bestPlace(supplyOf({ ...all, window: span('09:15', '09:30') }));
    expect(found).toMatchObject({ vehicle, trailer, facility: { place: 0 } });
    // No single place is free throughout, though one of the two always is: a lesson does not change its place.
    const changing = [unit(span('08:00', '08:45')), unit(span('08:45', '10:00'))];
    expect(starts({ facilities: changing })).toEqual(['08:00', '08:45', '09:00', '09:15']);
  });

  it('leaves the fewest holes where several would do', () => {
    const between = unit(span('07:00', '08:00'), span('08:45', '09:30'));
    const loose = unit();
    const leavesAHole = unit(span('07:00', '07:45'));
    const choice = (...vehicles: UnitTime[]) => bestPlace(supplyOf({ vehicles, window: span('08:00', '08:15') }))!;
    expect(choice(leavesAHole, loose, between).vehicle).toBe(between);
    expect(choice(leavesAHole, loose).vehicle).toBe(loose);
    expect(choice({ ...loose, fromElsewhere: true }, leavesAHole).vehicle).toBe(leavesAHole);
    const preferred = { ...leavesAHole, preferred: true };
    expect(choice(between, preferred).vehicle).toBe(preferred);
    const teachers = [teacher({ hours: [span('07:00', '12:00')] }), teacher({ hours: [span('08:00', '12:00')] })];
    expect(bestPlace(supplyOf({ teachers, window: span('08:00', '08:15') }))!.teacher).toBe(teachers[1]);
  });

  it('gives everybody the time for the way between two locations', () => {
    const [here, there] = [newId(), newId()];
    const stays = (first: string, end: string) => [{ resourceId: 1, locationId: there, ...span(first, end) }];
    const busy = busyDays(span('08:30', '08:45'));
    const site = { locationId: here, ways: new Map([[there, 2]]) };
    const hours = [span('06:00', '11:00')];
    const all = starts({ ...site, teachers: [teacher({ hours, busy, stays: stays('08:30', '08:45') })] });
    expect(all.slice(0, 6)).toEqual(['06:00', '06:15', '06:30', '06:45', '07:00', '07:15']);
    expect(all[6]).toBe('09:15');
    // The same for what he drives, and none of it where he is already.
    const vehicles = [{ ...unit(span('08:30', '08:45')), stays: stays('08:30', '08:45') }];
    expect(starts({ ...site, teachers: [teacher({ hours })], vehicles })).toEqual(all);
    expect(starts({ ...site, ways: new Map(), teachers: [teacher({ hours })], vehicles })[6]).toBe('07:30');
  });

  it('offers a teacher’s time once, at the location that costs the least', () => {
    const [one, other] = [newId(), newId()];
    const lars = teacher();
    const site = (locationId: typeof one, facility: UnitTime) => ({
      locationId,
      teachers: [lars],
      facilities: [facility],
    });
    const sites = [site(one, unit(span('08:00', '09:00'))), site(other, unit(span('09:30', '10:00')))];
    const times = freeTimes({ sites });
    expect(times.map(({ startsAt, locationId }) => [startsAt.toISOString().slice(11, 16), locationId])).toEqual([
      ['08:00', other],
      ['08:15', other],
      ['08:30', other],
      ['08:45', other],
      ['09:00', one],
      ['09:15', one],
    ]);
  });

  it('answers the same for a start, however large the window around it', () => {
    const someSpan = fc.tuple(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 1, max: 9 }));
    const someBusy = fc.array(fc.array(someSpan, { maxLength: 6 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(
        someBusy,
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 20, max: 70 }),
        (taken, lesson, start) => {
          const spans = taken.map((its) =>
            its.map(([first, n]) => ({ first: monday + first, end: monday + first + n })),
          );
          const vehicles = spans.map((its) => unit(...its));
          const teachers = [teacher({ hours: [{ first: monday, end: monday + 96 }] })];
          const them = { vehicles, teachers, slots: { setup: 0, lesson, buffer: 0 } };
          const first = monday + start;
          const chosen = bestPlace(supplyOf({ ...them, window: { first, end: first + 1 } }));
          const whole = [...freePlaces(supplyOf({ ...them, window: { first: monday, end: monday + 96 } }))];
          expect(whole.find((place) => place.start === first)?.vehicle).toBe(chosen?.vehicle);
          const isFree = (i: number) => spans[i]!.every((its) => first + lesson <= its.first || its.end <= first);
          const gap = (i: number, way: 1 | -1) => {
            for (let n = 0; n < lesson; n++) {
              const slot = way < 0 ? first - 1 - n : first + lesson + n;
              if (spans[i]!.some((its) => its.first <= slot && slot < its.end)) return n;
            }
            return lesson;
          };
          const lost = (i: number) => [gap(i, -1), gap(i, 1)].reduce((sum, n) => sum + (n < lesson ? n : 0), 0);
          const free = vehicles.flatMap((_, i) => (isFree(i) ? [i] : []));
          if (free.length === 0) return expect(chosen).toBeUndefined();
          const chosenIndex = vehicles.indexOf(chosen!.vehicle!);
          expect(free).toContain(chosenIndex);
          expect(lost(chosenIndex)).toBe(Math.min(...free.map(lost)));
        },
      ),
    );
  });

  it('says everything that is in the way of one start', () => {
    const window = span('08:00', '08:15');
    const taken = span('08:30', '08:45');
    const busy = busyDays(taken);
    const why = (over: Situation) => hindrancesOf(supplyOf({ window, ...over }));
    expect(why({})).toEqual({ nobodyAtWork: false, by: [] });
    const each = { vehicles: [unit(taken)], trailers: [unit(taken)], facilities: [unit(taken)] };
    expect(why({ teachers: [teacher({ busy })], student: busy, ...each })).toEqual({
      nobodyAtWork: false,
      by: ['teacher', 'student', 'vehicle', 'trailer', 'facility'],
    });
    expect(why({ window: span('10:00', '10:15') })).toEqual({ nobodyAtWork: true, by: ['teacher'] });
    const [here, there] = [newId(), newId()];
    const away = [{ resourceId: 1, locationId: there, ...span('07:30', '08:00') }];
    const ways = { locationId: here, ways: new Map([[there, 1]]) };
    expect(why({ ...ways, teachers: [teacher({ stays: away })], vehicles: [unit(taken)] }).by).toEqual([
      'vehicle',
      'travel',
    ]);
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
