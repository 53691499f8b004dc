import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { lessonTypeInput, vehicleInput } from '../../src/modules/schools/testing/school-inputs.js';
import { Verification } from '../../src/platform/verification/verification.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

interface Person {
  readonly id: Id;
  readonly caller: Caller;
}

let test: TestApp;
let nord: TestSchool;
let students: Person[];

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  students = [nord.student];
  for (let i = 0; i < 11; i++) students.push(await nord.enrol(`s${i}@nord.example`));
});
afterAll(() => test.close());

/** Whatever has happened: claims, places, masks and whereabouts match. */
afterEach(async () => {
  const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

const added = async (path: string, body: object) => (await nord.owner.post(path, body).expect(201)).body.id as Id;
const location = (name: string) => added('/locations', { name, kind: 'meeting_point' });
const lessonType = (over: object) => added('/lesson-types', { ...lessonTypeInput(), cancellation: undefined, ...over });
const way = (from: Id, to: Id, minutes: number) =>
  nord.owner.put(`/locations/${from}/travel-times`, { travelTimes: [{ locationId: to, minutes }] }).expect(200);

// A day of its own for each test: Mondays to Fridays from the 23rd of November 2026.
let day = -1;
function nextDay(): string {
  day++;
  return new Date(Date.UTC(2026, 10, 23 + Math.floor(day / 5) * 7 + (day % 5))).toISOString().slice(0, 10);
}

function book(date: string, time: string, lessonTypeId: Id, { by = nord.owner, student = 0, ...more }: Wanted = {}) {
  const studentId = students[student]!.id;
  return by.post('/bookings', { lessonTypeId, studentId, startsAt: `${date}T${time}:00Z`, ...more });
}
type Wanted = { readonly by?: Caller; readonly student?: number } & Readonly<Record<string, unknown>>;

async function freeAt(date: string, lessonTypeId: Id, query = ''): Promise<Record<string, string>[]> {
  const until = new Date(Date.parse(date) + 86_400_000).toISOString().slice(0, 10);
  const path = `/free-times?lessonTypeId=${lessonTypeId}&from=${date}&until=${until}&limit=200${query}`;
  return (await nord.owner.get(path).expect(200)).body.items;
}
const startsOf = (items: readonly Record<string, string>[]) => items.map(({ startsAt }) => startsAt!.slice(11, 16));
const won = (answers: readonly Response[]) => answers.filter(({ status }) => status === 201).map(({ body }) => body);

describe('a lesson with a trailer', () => {
  let be: Id;
  let trailerId: Id;

  it('is refused at any time while the school has none, and says so', async () => {
    const needs = { licenceClass: 'BE', vehicleClass: 'B', needsTrailer: true };
    be = await lessonType({ name: 'Trailer', ...needs });
    const teacher = await nord.addTeacher('be@nord.example', { licenceClasses: ['BE'] });
    const refused = await book(nextDay(), '08:00', be).expect(409);
    expect(refused.body).toMatchObject({ code: 'booking.no_such_resource', missing: ['trailer'] });
    trailerId = await added('/vehicles', { kind: 'trailer', name: 'T', plate: 'TA 1234', licenceClass: 'BE' });
    const { body } = await book(nextDay(), '08:00', be).expect(201);
    expect(body).toMatchObject({
      teacher: { id: teacher.id },
      vehicle: { id: nord.vehicleId },
      trailer: { id: trailerId, name: 'T' },
    });
    expect((await nord.owner.get(`/bookings/${body.id}`).expect(200)).body.trailer.id).toBe(trailerId);
  });

  it('names the trailer when that alone is in the way, and everything when all is', async () => {
    const date = nextDay();
    await added('/vehicles', vehicleInput('BB 22 222'));
    await nord.addTeacher('be2@nord.example', { licenceClasses: ['BE'] });
    await book(date, '08:00', be).expect(201);
    const { body } = await book(date, '08:30', be, { student: 1 }).expect(409);
    expect(body).toMatchObject({ code: 'booking.slot_taken', busy: ['trailer'] });
    expect(body.alternatives).toHaveLength(3);
    expect(body.alternatives[0]).toMatchObject({ trailerId });
    expect(startsOf(await freeAt(date, be)).filter((time) => time < '08:45' && time > '07:15')).toEqual([]);
    const again = await book(date, '08:15', be).expect(409);
    expect(again.body.busy).toEqual(['student', 'trailer']);
    const unknown = await book(date, '12:00', nord.lessonTypeId, { trailerId }).expect(422);
    expect(unknown.body.errors).toMatchObject([{ field: 'trailerId' }]);
  });
});

describe('a vehicle with a gearbox', () => {
  it('is the only one that does', async () => {
    const automatic = await added('/vehicles', { ...vehicleInput('AU 70 000'), gearbox: 'automatic' });
    const type = await lessonType({ name: 'Automat', gearbox: 'automatic' });
    const { body } = await book(nextDay(), '08:00', type).expect(201);
    expect(body.vehicle.id).toBe(automatic);
    await book(nextDay(), '08:00', type, { vehicleId: nord.vehicleId }).expect(422);
  });
});

describe('a track with places', () => {
  let track: Id;
  let onTrack: Id;
  let at: Id;

  beforeAll(async () => {
    at = await location('Køge');
    track = await added('/facilities', { name: 'Banen', kind: 'track', places: 3, locationId: at });
    onTrack = await lessonType({ name: 'Bane', facilityKind: 'track', needsVehicle: false });
    for (let i = 0; i < 9; i++) await nord.addTeacher(`track${i}@nord.example`);
  });

  it('takes as many lessons at once as it has places, however many want one', async () => {
    const date = nextDay();
    const answers = await Promise.all(
      students.map((_, student) =>
        // Half of them overlap by a quarter hour only.
        book(date, student % 2 ? '08:00' : '08:30', onTrack, { student }),
      ),
    );
    const lessons = won(answers);
    expect(lessons).toHaveLength(3);
    for (const { facility, location: where } of lessons)
      expect([facility.id, where]).toEqual([track, { id: at, name: 'Køge' }]);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(new Set(refused.map(({ body }) => body.code))).toEqual(new Set(['booking.slot_taken']));
    for (const { body } of refused) expect(body.busy).toContain('facility');
    expect(startsOf(await freeAt(date, onTrack))).not.toContain('08:15');
  });

  it('keeps a lesson on one place for its whole time', async () => {
    const date = nextDay();
    await nord.owner.patch(`/facilities/${track}`, { places: 2 }).expect(200);
    const whole = { student: 1 };
    await book(date, '08:00', onTrack, { student: 0 }).expect(201);
    await book(date, '08:00', onTrack, { student: 2 }).expect(201);
    await book(date, '09:15', onTrack, { student: 3 }).expect(201);
    // Both places are free from 08:45 to 09:15, and one of them until 10:00: there, and not half on each.
    const { body } = await book(date, '08:45', onTrack, whole).expect(201);
    await book(date, '08:45', onTrack, { student: 4 }).expect(409);
    await nord.owner.post(`/bookings/${body.id}/cancel`, {}).expect(200);
    await book(date, '08:45', onTrack, { student: 4 }).expect(201);
    await nord.owner.patch(`/facilities/${track}`, { places: 3 }).expect(200);
  });

  it('moves a lesson to the same track, and frees its place', async () => {
    const date = nextDay();
    const { body } = await book(date, '08:00', onTrack).expect(201);
    const moved = await nord.owner.post(`/bookings/${body.id}/reschedule`, { startsAt: `${date}T08:15:00Z` });
    expect(moved.body).toMatchObject({ facility: { id: track }, location: { id: at } });
    await nord.owner.patch(`/facilities/${track}`, { active: false }).expect(200);
    const refused = await book(date, '12:00', onTrack).expect(409);
    expect(refused.body.missing).toEqual(['facility']);
    await nord.owner.patch(`/facilities/${track}`, { active: true }).expect(200);
  });
});

describe('the way between two locations', () => {
  let here: Id;
  let there: Id;
  let lars: Person;
  let mine: { readonly teacherId: Id };

  beforeAll(async () => {
    [here, there] = [await location('Amager'), await location('Birkerød')];
    await way(here, there, 40);
    lars = await nord.addTeacher('lars@nord.example', { name: 'Lars' });
    mine = { teacherId: lars.id };
  });

  it('is left free before and after a lesson, for the teacher', async () => {
    const date = nextDay();
    await book(date, '10:00', nord.lessonTypeId, { ...mine, locationId: there }).expect(201);
    const times = startsOf(await freeAt(date, nord.lessonTypeId, `&teacherId=${lars.id}&locationId=${here}`));
    // 40 minutes are three quarter hours: done at 09:15 at the latest, and not begun before 11:30.
    expect(times).toEqual(expect.arrayContaining(['08:30', '11:30']));
    expect(times.filter((time) => time > '08:30' && time < '11:30')).toEqual([]);
    const stays = startsOf(await freeAt(date, nord.lessonTypeId, `&teacherId=${lars.id}&locationId=${there}`));
    expect(stays).toEqual(expect.arrayContaining(['09:15', '10:45']));
    for (const time of ['08:45', '11:15']) {
      const { body } = await book(date, time, nord.lessonTypeId, { ...mine, locationId: here, student: 1 }).expect(409);
      expect(body).toMatchObject({ code: 'booking.slot_taken', busy: ['travel'] });
      expect(body.alternatives.map(({ startsAt }: { startsAt: string }) => startsAt.slice(11, 16))).toContain(
        time < '10' ? '08:30' : '11:30',
      );
    }
    await book(date, '11:30', nord.lessonTypeId, { ...mine, locationId: here, student: 1 }).expect(201);
    await book(date, '08:30', nord.lessonTypeId, { ...mine, locationId: here, student: 2 }).expect(201);
  });

  it('is left free for what is driven, whoever drives it', async () => {
    const date = nextDay();
    const type = await lessonType({ name: 'Motorcykel', licenceClass: 'A' });
    const bike = await added('/vehicles', { ...vehicleInput('MC 11 111'), licenceClass: 'A' });
    const riders = await Promise.all(
      [0, 1].map((i) => nord.addTeacher(`mc${i}@nord.example`, { licenceClasses: ['A'] })),
    );
    await book(date, '10:00', type, { teacherId: riders[0]!.id, locationId: there }).expect(201);
    const to = { teacherId: riders[1]!.id, locationId: here, student: 1 };
    expect((await book(date, '11:00', type, to).expect(409)).body.busy).toEqual(['travel']);
    const other = await added('/vehicles', { ...vehicleInput('MC 22 222'), licenceClass: 'A' });
    expect((await book(date, '11:00', type, to).expect(201)).body.vehicle.id).toBe(other);
    await book(date, '11:30', type, { ...to, student: 2, vehicleId: bike }).expect(409);
    await book(date, '11:45', type, { ...to, student: 2, vehicleId: bike }).expect(201);
  });

  it('counts when two are booked at once, and goes with the lesson', async () => {
    for (let round = 0; round < 8; round++) {
      const date = nextDay();
      const answers = await Promise.all([
        book(date, '08:00', nord.lessonTypeId, { ...mine, locationId: here, student: 0 }),
        book(date, '09:00', nord.lessonTypeId, { ...mine, locationId: there, student: 1 }),
      ]);
      expect(won(answers)).toHaveLength(1);
      const refused = answers.find(({ status }) => status !== 201)!;
      expect(refused.body).toMatchObject({ code: 'booking.slot_taken', busy: ['travel'] });
      const { id, startsAt } = won(answers)[0]!;
      await nord.owner.post(`/bookings/${id}/cancel`, {}).expect(200);
      const [time, locationId] = startsAt.includes('T08') ? ['09:00', there] : ['08:00', here];
      await book(date, time, nord.lessonTypeId, { ...mine, locationId, student: 2 }).expect(201);
    }
  });

  it('counts when two teachers want one vehicle at once, before and after midnight', async () => {
    const type = await lessonType({ name: 'Bus', licenceClass: 'D' });
    const vehicleId = await added('/vehicles', { ...vehicleInput('BU 11 111'), licenceClass: 'D' });
    const workingHours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));
    const night = { licenceClasses: ['D' as const], workingHours };
    const drivers = [await nord.addTeacher('d0@nord.example', night), await nord.addTeacher('d1@nord.example', night)];
    for (let round = 0; round < 12; round++) {
      const [evening, morning] = [nextDay(), nextDay()];
      // The masks of two days are two rows: nothing but the vehicle's version makes the one wait for the other.
      if (Date.parse(morning) - Date.parse(evening) !== 86_400_000) continue;
      const answers = await Promise.all([
        book(evening, '23:00', type, { teacherId: drivers[0]!.id, vehicleId, locationId: here, student: 0 }),
        book(morning, '00:15', type, { teacherId: drivers[1]!.id, vehicleId, locationId: there, student: 1 }),
      ]);
      expect(won(answers)).toHaveLength(1);
    }
  });

  it('counts when a lesson is moved, and its own old place does not', async () => {
    const date = nextDay();
    const { body } = await book(date, '08:00', nord.lessonTypeId, { ...mine, locationId: here }).expect(201);
    const move = (startsAt: string, more: object = {}) =>
      nord.owner.post(`/bookings/${body.id}/reschedule`, { startsAt: `${date}T${startsAt}:00Z`, ...more });
    const moved = await move('08:45', { locationId: there }).expect(200);
    expect(moved.body.location).toEqual({ id: there, name: 'Birkerød' });
    expect((await move('09:00').expect(200)).body.location.id).toBe(there);
    await book(date, '13:00', nord.lessonTypeId, { ...mine, locationId: here, student: 1 }).expect(201);
    expect((await move('12:00').expect(409)).body.busy).toEqual(['travel']);
    await move('12:00', { locationId: here }).expect(200);
  });

  it('begins where the teacher is at home, when nobody says where', async () => {
    await nord.owner.patch(`/teachers/${lars.id}`, { homeLocationId: here }).expect(200);
    const date = nextDay();
    const { body } = await book(date, '08:00', nord.lessonTypeId, mine).expect(201);
    expect(body.location.id).toBe(here);
    const times = await freeAt(date, nord.lessonTypeId, `&teacherId=${lars.id}`);
    expect(new Set(times.map(({ locationId }) => locationId))).toEqual(new Set([here]));
    await book(date, '09:00', nord.lessonTypeId, { ...mine, locationId: there, student: 1 }).expect(409);
    await nord.owner.patch(`/locations/${there}`, { active: false }).expect(200);
    const unused = await book(date, '12:00', nord.lessonTypeId, { ...mine, locationId: there }).expect(422);
    expect(unused.body.errors).toMatchObject([{ field: 'locationId' }]);
  });
});

describe('what is left open', () => {
  it('is chosen so that the fewest holes are left', async () => {
    const type = await lessonType({ name: 'Lastbil', licenceClass: 'C', minutes: 60 });
    const [one, other] = [
      await added('/vehicles', { ...vehicleInput('LA 10 000'), name: 'A', licenceClass: 'C' }),
      await added('/vehicles', { ...vehicleInput('LA 20 000'), name: 'B', licenceClass: 'C' }),
    ];
    for (let i = 0; i < 3; i++) await nord.addTeacher(`c${i}@nord.example`, { licenceClasses: ['C'] });
    const date = nextDay();
    await book(date, '08:00', type, { vehicleId: one }).expect(201);
    await book(date, '08:15', type, { vehicleId: other, student: 1 }).expect(201);
    // 09:15 is right after the one, and would leave the other a quarter hour that nobody can use.
    expect((await book(date, '09:15', type, { student: 2 }).expect(201)).body.vehicle.id).toBe(other);
    expect((await book(date, '09:00', type, { student: 3 }).expect(201)).body.vehicle.id).toBe(one);
    const free = await freeAt(date, type);
    expect(free.filter(({ startsAt }) => startsAt!.includes('T10:00')).map(({ vehicleId }) => vehicleId)).toEqual(
      expect.arrayContaining([one]),
    );
  });
});
