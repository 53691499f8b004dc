import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { vehicleInput } from '../../src/modules/schools/testing/school-inputs.js';
import { globalQuery } from '../../src/platform/database/query.js';
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
let syd: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());

/** Whatever has happened: claims, masks and bookings match, money adds up. */
afterEach(async () => {
  for (const school of [nord, syd]) {
    const verdicts = await school.run(() => test.app.get(Verification, { strict: false }).ofSchool(school.id));
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  }
});

function book(school: TestSchool, caller: Caller, startsAt: string, more: object = {}) {
  return caller.post('/bookings', { lessonTypeId: school.lessonTypeId, startsAt, ...more });
}

function several<T>(count: number, make: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => make(index)));
}

/** The n-th weekday after the test's Friday. */
function weekday(n: number): string {
  return new Date(Date.UTC(2026, 10, 23 + Math.floor(n / 5) * 7 + (n % 5))).toISOString().slice(0, 10);
}

const codes = (answers: readonly Response[]) =>
  answers.map(({ status, body }) => (status < 300 ? 'ok' : (body.code as string)));

describe('a hundred bookings of one time', () => {
  let teachers: Person[];
  let students: Person[];
  let cars: Id[];

  beforeAll(async () => {
    teachers = [nord.teacher, ...(await several(5, (i) => nord.addTeacher(`t${i}@nord.example`)))];
    students = [nord.student, ...(await several(19, (i) => nord.enrol(`s${i}@nord.example`)))];
    const added = await several(4, (i) =>
      nord.owner
        .post('/vehicles', vehicleInput(`EF 10 00${i}`))
        .expect(201)
        .then(({ body }) => body.id as Id),
    );
    cars = [nord.vehicleId, ...added];
  });

  it('of one teacher succeed once', async () => {
    const answers = await several(100, (i) =>
      book(nord, students[i % 20]!.caller, `${weekday(0)}T08:00:00Z`, { teacherId: nord.teacher.id }),
    );
    expect(codes(answers).filter((code) => code === 'ok')).toHaveLength(1);
    expect(new Set(codes(answers))).toEqual(new Set(['ok', 'booking.slot_taken']));
    for (const { status, body } of answers) if (status === 409) expect(body.alternatives).toHaveLength(3);
  });

  it('crossing in students, teachers and cars succeed exactly where all three are free', async () => {
    const wishes = Array.from({ length: 100 }, (_, i) => ({
      student: students[(i * 7) % 20]!,
      // Starts differ by a quarter hour, so that lessons overlap without being the same.
      startsAt: `${weekday(1)}T08:${i % 2 === 0 ? '00' : '15'}:00.000Z`,
      teacherId: i % 4 === 3 ? undefined : teachers[(i * 5) % 6]!.id,
      vehicleId: i % 3 === 2 ? undefined : cars[(i * 3) % 5]!,
    }));
    const answers = await Promise.all(
      wishes.map(({ student, startsAt, ...named }) => book(nord, student.caller, startsAt, named)),
    );
    expect(codes(answers).filter((code) => code !== 'ok' && code !== 'booking.slot_taken')).toEqual([]);

    const won = answers.filter(({ status }) => status === 201).map(({ body }) => body);
    const taken = (kind: 'student' | 'teacher' | 'vehicle') => won.map((booking) => booking[kind].id as Id);
    // All of these times overlap, so nobody and nothing is in two of them.
    for (const kind of ['student', 'teacher', 'vehicle'] as const) expect(new Set(taken(kind)).size).toBe(won.length);
    const [teachersTaken, carsTaken, studentsTaken] = [taken('teacher'), taken('vehicle'), taken('student')];
    answers.forEach(({ status }, index) => {
      if (status === 201) return;
      const { student, teacherId, vehicleId } = wishes[index]!;
      const noTeacher = teacherId ? teachersTaken.includes(teacherId) : teachersTaken.length === teachers.length;
      const noCar = vehicleId ? carsTaken.includes(vehicleId) : carsTaken.length === cars.length;
      // Refused only for what somebody else really has.
      expect(studentsTaken.includes(student.id) || noTeacher || noCar).toBe(true);
    });
    expect(won).toHaveLength(5);
  });

  it('fill every car when nobody asks for a certain one', async () => {
    const answers = await several(20, (i) => book(nord, students[i]!.caller, `${weekday(2)}T08:00:00Z`));
    expect(codes(answers).filter((code) => code === 'ok')).toHaveLength(5);
    expect(new Set(codes(answers))).toEqual(new Set(['ok', 'booking.slot_taken']));
  });
});

describe('a booking racing a change of the teacher’s time', () => {
  const week = (starts: string) => [1, 2, 3, 4, 5].map((day) => ({ weekday: day, starts, ends: '16:00' }));
  const only = () => ({ teacherId: nord.teacher.id });

  it('is refused or listed as orphan, when the hours change', async () => {
    const seen = new Set<string>();
    for (let round = 0; round < 24; round++) {
      const date = weekday(20 + round);
      await nord.owner
        .put(`/teachers/${nord.teacher.id}/working-hours`, { validFrom: date, workingHours: week('08:00') })
        .expect(200);
      const [booked, changed] = await Promise.all([
        book(nord, nord.student.caller, `${date}T08:00:00Z`, only()),
        nord.owner.put(`/teachers/${nord.teacher.id}/working-hours`, { validFrom: date, workingHours: week('12:00') }),
      ]);
      expect(changed.status).toBe(200);
      const orphans = changed.body.orphanedBookings.map(({ bookingId }: { bookingId: Id }) => bookingId);
      if (booked.status === 201) expect(orphans).toContain(booked.body.id);
      else expect(booked.body.code).toBe('booking.teacher_unavailable');
      seen.add(codes([booked])[0]!);
    }
    await nord.owner.put(`/teachers/${nord.teacher.id}/working-hours`, { workingHours: week('08:00') }).expect(200);
    expect(seen).toContain('booking.teacher_unavailable');
  });

  it('is refused or listed as orphan, when time off is taken', async () => {
    for (let round = 0; round < 12; round++) {
      const date = weekday(60 + round);
      const off = { startsAt: `${date}T06:00:00Z`, endsAt: `${date}T12:00:00Z` };
      const [booked, taken] = await Promise.all([
        book(nord, nord.student.caller, `${date}T08:00:00Z`, only()),
        nord.owner.post(`/teachers/${nord.teacher.id}/time-off`, off),
      ]);
      expect(taken.status).toBe(201);
      const orphans = taken.body.orphanedBookings.map(({ bookingId }: { bookingId: Id }) => bookingId);
      if (booked.status === 201) expect(orphans).toContain(booked.body.id);
      else expect(booked.body.code).toBe('booking.teacher_unavailable');
    }
  });
});

describe('changes of one booking at once', () => {
  it('leave it cancelled or moved, never half of both', async () => {
    for (let round = 0; round < 15; round++) {
      const date = weekday(80 + round);
      const { id } = (await book(nord, nord.student.caller, `${date}T08:00:00Z`).expect(201)).body;
      const path = `/bookings/${id}`;
      const answers = await Promise.all([
        nord.student.caller.post(`${path}/cancel`, {}),
        nord.student.caller.post(`${path}/reschedule`, { startsAt: `${date}T08:15:00Z` }),
        nord.owner.post(`${path}/reschedule`, { startsAt: `${date}T10:00:00Z` }),
        nord.owner.post(`${path}/cancel`, {}),
      ]);
      expect(codes(answers).filter((code) => code === 'ok').length).toBeGreaterThanOrEqual(1);
      for (const code of codes(answers)) expect(['ok', 'booking.closed', 'booking.changed']).toContain(code);
      const [one, , , other] = codes(answers);
      expect([one, other].filter((code) => code === 'ok')).toHaveLength(1);
      expect((await nord.owner.get(path).expect(200)).body.state).toBe('cancelled');
    }
    expect(await claimsBetween(weekday(80), weekday(95))).toBe(0);
  });

  it('swap two lessons’ places without losing either', async () => {
    const second = await nord.enrol('swapper@nord.example');
    for (let round = 0; round < 10; round++) {
      const date = weekday(100 + round);
      const times = [`${date}T08:00:00.000Z`, `${date}T08:45:00.000Z`];
      const mine = (await book(nord, nord.student.caller, times[0]!, { teacherId: nord.teacher.id }).expect(201)).body
        .id;
      const theirs = (await book(nord, second.caller, times[1]!, { teacherId: nord.teacher.id }).expect(201)).body.id;
      const answers = await Promise.all([
        nord.owner.post(`/bookings/${mine}/reschedule`, { startsAt: times[1] }),
        nord.owner.post(`/bookings/${theirs}/reschedule`, { startsAt: times[0] }),
      ]);
      for (const code of codes(answers)) expect(['ok', 'booking.slot_taken']).toContain(code);
    }
  });
});

describe('a teacher of two schools', () => {
  it('is booked once, and the other school learns that he is busy, no more', async () => {
    const here = await nord.addTeacher('freelance@teachers.example', { name: 'Frede Lance' });
    const there = await syd.addTeacher('freelance@teachers.example', { name: 'Frede Lance' });
    for (let round = 0; round < 10; round++) {
      const startsAt = `${weekday(120 + round)}T08:00:00Z`;
      const answers = await Promise.all([
        book(nord, nord.student.caller, startsAt, { teacherId: here.id }),
        book(syd, syd.student.caller, startsAt, { teacherId: there.id }),
      ]);
      expect(codes(answers).toSorted()).toEqual(['booking.slot_taken', 'ok']);
      const refused = answers.find(({ status }) => status === 409)!;
      expect(refused.body.busy).toEqual(['teacher']);
      expect(JSON.stringify(refused.body)).not.toMatch(/nord|Freja/);
    }
    const date = weekday(120);
    const { body } = await syd.owner
      .get(`/free-times?lessonTypeId=${syd.lessonTypeId}&teacherId=${there.id}&from=${date}&until=${weekday(121)}`)
      .expect(200);
    expect(body.items.map(({ startsAt }: { startsAt: string }) => startsAt)).not.toContain(`${date}T08:00:00.000Z`);
  });
});

describe('the nights in which the clocks change', () => {
  const nights = [
    { date: '2027-03-28', next: '2027-03-29', hours: 5, first: '2027-03-27T23:00:00.000Z' },
    { date: '2027-10-31', next: '2027-11-01', hours: 7, first: '2027-10-30T22:00:00.000Z' },
  ];

  it.each(nights)(
    '$date has $hours hours from 00:00 to 06:00, and each of its times is booked once',
    async ({ date, next, hours, first }) => {
      const night = await nord.addTeacher(`night.${date}@nord.example`, {
        workingHours: [{ weekday: 7, starts: '00:00', ends: '06:00' }],
      });
      const ask = () =>
        nord.student.caller
          .get(`/free-times?lessonTypeId=${nord.lessonTypeId}&teacherId=${night.id}&from=${date}&until=${next}`)
          .expect(200);
      const { items } = (await ask()).body;
      expect(items).toHaveLength(hours * 4 - 2);
      expect(items[0].startsAt).toBe(first);
      for (let hour = 0; hour + 1 <= hours; hour++) {
        const startsAt = new Date(Date.parse(first) + hour * 3_600_000).toISOString();
        const { body } = await book(nord, nord.student.caller, startsAt, { teacherId: night.id }).expect(201);
        expect(Date.parse(body.endsAt) - Date.parse(body.startsAt)).toBe(45 * 60_000);
      }
      expect((await ask()).body.items).toEqual([]);
    },
  );

  it('do not move the lessons of the days after', async () => {
    const { body } = await nord.owner
      .get(
        `/free-times?lessonTypeId=${nord.lessonTypeId}&teacherId=${nord.teacher.id}&from=2027-03-26&until=2027-03-30&limit=200`,
      )
      .expect(200);
    const firsts = ['2027-03-26', '2027-03-29'].map(
      (date) => body.items.find(({ startsAt }: { startsAt: string }) => startsAt.startsWith(date)).startsAt,
    );
    expect(firsts).toEqual(['2027-03-26T07:00:00.000Z', '2027-03-29T06:00:00.000Z']);
  });
});

async function claimsBetween(from: string, until: string): Promise<number> {
  const slot = (date: string) => Date.parse(date) / 900_000;
  const { count } = await globalQuery<{ claims: { slot: number } }>(test.em)
    .selectFrom('claims')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('slot', '>=', slot(from))
    .where('slot', '<', slot(until))
    .executeTakeFirstOrThrow();
  return count;
}
