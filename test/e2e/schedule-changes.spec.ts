import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import type { Id } from '../../src/platform/values/id.js';
import { newId } from '../../src/platform/values/id.js';
import { vehicleInput } from '../../src/modules/schools/testing/school-inputs.js';
import { Verification } from '../../src/platform/verification/verification.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

interface Orphan {
  readonly bookingId: Id;
  readonly reason: string;
  readonly keptAt: string | null;
  readonly alternatives: readonly { startsAt: string; teacherId: Id; vehicleId: Id }[];
}

interface OtherEntry {
  readonly kind: string;
  readonly id: Id;
  readonly reason: string;
}

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let other: { id: Id };
let week = 0;
/** A Monday of its own for each test. */
let monday: string;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
  other = await nord.addTeacher('other@nord.example', { name: 'Åse Bro' });
  await nord.owner.post('/vehicles', vehicleInput('EF 12 345')).expect(201);
});
afterAll(() => test.close());

/** Whatever was decided: claims, masks and bookings match, money adds up. */
afterEach(async () => {
  const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
});

function nextMonday(): string {
  week += 1;
  return (monday = new Date(Date.UTC(2026, 10, 23 + 7 * (week - 1))).toISOString().slice(0, 10));
}

async function lesson(time: string, teacherId = nord.teacher.id): Promise<Id> {
  const student = await nord.enrol(`s${newId()}@nord.example`);
  const { body } = await nord.owner
    .post('/bookings', {
      lessonTypeId: nord.lessonTypeId,
      studentId: student.id,
      startsAt: `${monday}T${time}:00Z`,
      teacherId,
    })
    .expect(201);
  return body.id;
}

async function exam(time: string): Promise<Id> {
  const { id: studentId } = await nord.enrol(`s${newId()}@nord.example`);
  const who = { studentId, teacherId: nord.teacher.id, vehicleId: nord.vehicleId };
  const when = { startsAt: `${monday}T${time}:00Z`, minutes: 45, setupMinutes: 15, bufferMinutes: 0 };
  const { body } = await nord.owner.post('/exams', { kind: 'practical', ...who, ...when, place: 'Herlev' }).expect(201);
  return body.id;
}

/** From seven to half past eight in the evening, long after anybody's hours. */
async function eveningClass(): Promise<Id> {
  const plan = {
    name: 'Teori',
    licenceClass: 'B',
    sessions: [{ topic: 'Vigepligt', minutes: 90 }],
    weekly: [{ weekday: 1, time: '19:00' }],
    capacity: 10,
    price: { amount: 0, currency: 'DKK' },
    vatRateBp: 0,
  };
  const planId = (await nord.owner.post('/course-plans', plan).expect(201)).body.id;
  const wish = { planId, teacherId: nord.teacher.id, startsOn: monday };
  const courseId = (await nord.owner.post('/courses', wish).expect(201)).body.id;
  return (await nord.owner.get(`/classes?courseId=${courseId}`).expect(200)).body.items[0].id;
}

const dayOff = (date = monday) => ({ dayHours: { teacherId: nord.teacher.id, date, hours: [] } });
const away = (from: string, until: string, kind = 'holiday') => ({
  timeOff: { teacherId: nord.teacher.id, startsAt: `${monday}T${from}:00Z`, endsAt: `${monday}T${until}:00Z`, kind },
});
const preview = async (change: object): Promise<Orphan[]> =>
  (await nord.owner.post('/schedule-changes/preview', change).expect(200)).body.orphanedBookings;
const save = (change: object) => nord.owner.post('/schedule-changes', change);
const orphaned = async (query = ''): Promise<Orphan[]> =>
  (await nord.owner.get(`/orphaned-bookings?from=${monday}${query}`).expect(200)).body.items;
const ids = (orphans: readonly Orphan[]) => orphans.map(({ bookingId }) => bookingId);
const state = async (id: Id) => (await nord.owner.get(`/bookings/${id}`).expect(200)).body;

describe('a change of hours, before it is saved', () => {
  it('shows what it would leave outside, with alternatives that hold once it is saved', async () => {
    nextMonday();
    const [early, late] = [await lesson('08:00'), await lesson('13:00')];
    const change = {
      dayHours: { teacherId: nord.teacher.id, date: monday, hours: [{ starts: '12:00', ends: '15:00' }] },
    };
    const [orphan, ...rest] = await preview(change);
    expect(rest).toEqual([]);
    expect(orphan).toMatchObject({ bookingId: early, reason: 'outside_hours', student: { name: 'Freja Lund' } });
    // Åse could give it at the same time; nobody else's free time is nearer.
    expect(orphan!.alternatives[0]).toMatchObject({ teacherId: other.id });
    expect(orphan!.alternatives.map(({ startsAt }) => startsAt)).toContain(`${monday}T08:00:00.000Z`);
    for (const { startsAt, teacherId } of orphan!.alternatives) {
      if (teacherId === nord.teacher.id) expect(startsAt >= `${monday}T11:00`).toBe(true);
    }
    expect(await orphaned()).toEqual([]);
    expect((await state(late)).state).toBe('booked');
    const { body } = await save(change).expect(201);
    expect(ids(body.orphanedBookings)).toEqual([early]);
    expect(ids(await orphaned())).toEqual([early]);
  });

  it.each([
    ['a week', () => ({ workingHours: { teacherId: nord.teacher.id, validFrom: monday, workingHours: [] } })],
    ['a date', dayOff],
    ['time off', () => away('06:00', '20:00')],
    ['a closing day', () => ({ closingDays: [{ date: monday, name: 'Lukket' }] })],
  ])('shows the same as saving it answers: %s', async (_name, change) => {
    nextMonday();
    const booked = [await lesson('08:00'), await lesson('09:00')];
    if (_name === 'a closing day') booked.push(await lesson('10:00', other.id));
    const shown = await preview(change());
    expect(ids(shown)).toEqual(booked);
    const saved = (await save(change()).expect(201)).body;
    expect(ids(saved.orphanedBookings)).toEqual(booked);
    expect(saved.orphanedBookings.map(({ reason }: Orphan) => reason)).toEqual(shown.map(({ reason }) => reason));
    expect(await preview(change())).toEqual([]);
    if (_name === 'a week') {
      const usual = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '08:00', ends: '16:00' }));
      await save({ workingHours: { teacherId: nord.teacher.id, validFrom: monday, workingHours: usual } }).expect(201);
      expect(await orphaned()).toEqual([]);
    }
  });

  it('names the classes and exams that it would leave outside too; classes keep no hours', async () => {
    nextMonday();
    const [examId, sessionId] = [await exam('08:00'), await eveningClass()];
    const others = async (change: object) => {
      const { body } = await nord.owner.post('/schedule-changes/preview', change).expect(200);
      return body.otherEntries.map(({ kind, id, reason }: OtherEntry) => [kind, id, reason]);
    };
    const listed = async (query = '') => {
      const { body } = await nord.owner.get(`/orphaned-bookings?from=${monday}&limit=1${query}`).expect(200);
      return body.otherEntries.map(({ id, reason }: OtherEntry) => [id, reason]);
    };
    expect(await others(dayOff())).toEqual([['exam', examId, 'outside_hours']]);
    expect(await others(away('07:00', '20:00'))).toEqual([
      ['exam', examId, 'time_off'],
      ['class_session', sessionId, 'time_off'],
    ]);
    expect(await others(away('10:00', '12:00'))).toEqual([]);
    expect(await others({ closingDays: [{ date: monday, name: 'Lukket' }] })).toEqual([
      ['exam', examId, 'school_closed'],
      ['class_session', sessionId, 'school_closed'],
    ]);
    expect(await listed()).toEqual([]);
    const { body: saved } = await save({ ...dayOff(), refuseUndecided: true }).expect(201);
    expect(saved.otherEntries).toMatchObject([{ id: examId, teacher: { id: nord.teacher.id } }]);
    expect(await others(dayOff())).toEqual([]);
    expect(await listed()).toEqual([[examId, 'outside_hours']]);
    await save(away('07:00', '20:00')).expect(201);
    expect(await listed()).toEqual([
      [examId, 'time_off'],
      [sessionId, 'time_off'],
    ]);
    expect(await listed(`&teacherId=${other.id}`)).toEqual([]);
    await nord.owner.post(`/exams/${examId}/cancel`, {}).expect(200);
    await nord.owner.post(`/classes/${sessionId}/cancel`, {}).expect(200);
    expect(await listed()).toEqual([]);
  });

  it('is one change, by somebody who may make it, of a teacher who is there', async () => {
    nextMonday();
    const ask = (change: object, caller = nord.owner) => caller.post('/schedule-changes/preview', change);
    expect((await ask({}).expect(422)).body).toMatchObject({ code: 'schedule_change.not_one' });
    expect((await ask({ ...dayOff(), ...away('08:00', '09:00') }).expect(422)).body.errors).toMatchObject([
      { field: 'timeOff' },
    ]);
    await ask(dayOff(), syd.owner).expect(404);
    await ask(dayOff(), nord.teacher.caller).expect(200);
    await ask({ dayHours: { teacherId: other.id, date: monday, hours: [] } }, nord.teacher.caller).expect(403);
    await ask({ closingDays: [{ date: monday, name: 'X' }] }, nord.teacher.caller).expect(403);
    await ask(away('09:00', '09:00')).expect(422);
    await ask(dayOff('2026-11-19')).expect(422);
    for (const path of ['/schedule-changes', '/schedule-changes/preview', '/orphaned-bookings/decisions'])
      await nord.student.caller.post(path, dayOff()).expect(403);
  });
});

describe('decisions', () => {
  it('keep, move and cancel in one go with the change', async () => {
    nextMonday();
    const [kept, moved, cancelled, left] = [
      await lesson('08:00'),
      await lesson('09:00'),
      await lesson('10:00'),
      await lesson('11:00'),
    ];
    const to = (await preview(dayOff())).find(({ bookingId }) => bookingId === moved)!.alternatives[0]!;
    const { body } = await save({
      ...dayOff(),
      decisions: [
        { bookingId: cancelled, decision: 'cancel', reason: 'Læreren holder fri' },
        { bookingId: moved, decision: 'move', startsAt: to.startsAt, teacherId: to.teacherId },
        { bookingId: kept, decision: 'keep' },
      ],
    }).expect(201);
    expect(ids(body.orphanedBookings)).toEqual([left]);
    expect(await state(cancelled)).toMatchObject({
      state: 'cancelled',
      fee: { amount: 0 },
      cancelReason: 'Læreren holder fri',
    });
    expect(await state(moved)).toMatchObject({ state: 'booked', startsAt: to.startsAt, teacher: { id: to.teacherId } });
    expect(ids(await orphaned())).toEqual([left]);
    expect(ids(await orphaned('&includeKept=true'))).toEqual([kept, left]);
  });

  it('are asked for again when what was kept stands in the way of something else', async () => {
    nextMonday();
    const booked = await lesson('08:00');
    await save({ ...dayOff(), decisions: [{ bookingId: booked, decision: 'keep' }] }).expect(201);
    expect(await orphaned()).toEqual([]);
    expect(ids(await preview(away('06:00', '12:00')))).toEqual([booked]);
    await save(away('06:00', '12:00')).expect(201);
    expect(await orphaned()).toMatchObject([{ bookingId: booked, reason: 'time_off', keptAt: null }]);
  });

  it('are owed for each lesson when somebody asks for that, or nothing is changed', async () => {
    nextMonday();
    const [one, two] = [await lesson('08:00'), await lesson('09:00')];
    const { body } = await save({
      ...dayOff(),
      refuseUndecided: true,
      decisions: [{ bookingId: one, decision: 'cancel' }],
    }).expect(409);
    expect(body).toMatchObject({ code: 'schedule_change.undecided', bookingIds: [two] });
    expect((await state(one)).state).toBe('booked');
    expect(await orphaned()).toEqual([]);
  });

  it('that cannot be carried out are named, and nothing is changed', async () => {
    nextMonday();
    const [one, two, fitting] = [await lesson('08:00'), await lesson('09:00'), await lesson('08:00', other.id)];
    const attempt = (decision: object, status = 409) =>
      save({ ...dayOff(), decisions: [{ bookingId: two, decision: 'cancel' }, decision] }).expect(status);
    const taken = { bookingId: one, decision: 'move', startsAt: `${monday}T08:00:00Z`, teacherId: other.id };
    expect((await attempt(taken)).body).toMatchObject({
      code: 'schedule_change.decision_refused',
      refusal: 'booking.slot_taken',
      bookingId: one,
      errors: [{ field: 'decisions.1.startsAt' }],
    });
    expect((await attempt({ ...taken, teacherId: nord.teacher.id })).body.refusal).toBe('booking.teacher_unavailable');
    expect((await attempt({ ...taken, startsAt: `${monday}T08:07:00Z` })).body.refusal).toBe('booking.off_grid');
    expect((await attempt({ bookingId: newId(), decision: 'keep' })).body.refusal).toBe('booking.not_found');
    expect((await attempt({ bookingId: fitting, decision: 'keep' })).body.refusal).toBe('booking.not_found');
    expect((await attempt({ bookingId: one, decision: 'move' }, 422)).body.errors).toMatchObject([
      { field: 'decisions.1.startsAt' },
    ]);
    expect((await attempt({ bookingId: two, decision: 'keep' }, 422)).body.code).toBe('schedule_change.decided_twice');
    expect((await state(two)).state).toBe('booked');
    expect(await orphaned()).toEqual([]);
    expect(ids(await preview(dayOff()))).toEqual([one, two]);
  });

  it('may be made afterwards, page by page of the list', async () => {
    nextMonday();
    const booked = [await lesson('08:00'), await lesson('09:00'), await lesson('10:00')];
    await save(dayOff()).expect(201);
    const listed: Id[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: Response = await nord.owner.get(`/orphaned-bookings?from=${monday}&limit=1${cursor}`).expect(200);
      listed.push(...ids(body.items));
      cursor = body.nextCursor && `&cursor=${body.nextCursor}`;
    }
    expect(listed).toEqual(booked);
    await nord.owner
      .post('/orphaned-bookings/decisions', {
        decisions: [
          { bookingId: booked[0], decision: 'keep' },
          { bookingId: booked[1], decision: 'cancel' },
          { bookingId: booked[2], decision: 'move', startsAt: `${monday}T10:00:00Z` },
        ],
      })
      .expect(204);
    expect(await orphaned()).toEqual([]);
    expect(await state(booked[2]!)).toMatchObject({ teacher: { id: other.id } });
    expect((await syd.owner.get('/orphaned-bookings').expect(200)).body.items).toEqual([]);
    await syd.owner
      .post('/orphaned-bookings/decisions', { decisions: [{ bookingId: booked[0], decision: 'cancel' }] })
      .expect(409);
  });
});

describe('a teacher who falls sick', () => {
  it('is out of the diary from now to the end of the day, at once', async () => {
    monday = '2026-11-20';
    const [running, next] = [await lesson('08:00'), await lesson('10:00')];
    test.clock.set(`${monday}T08:05:00Z`);
    const { body } = await nord.teacher.caller.post(`/teachers/${nord.teacher.id}/sick-leave`, {}).expect(201);
    expect(body).toMatchObject({
      timeOff: { startsAt: `${monday}T08:05:00.000Z`, endsAt: `${monday}T23:00:00.000Z`, kind: 'sick' },
      total: 1,
    });
    expect(ids(body.orphanedBookings)).toEqual([next]);
    expect(body.orphanedBookings[0].alternatives).not.toEqual([]);
    expect((await state(running)).state).toBe('booked');
    await nord.teacher.caller.post(`/teachers/${other.id}/sick-leave`, {}).expect(403);
    await nord.owner.post(`/teachers/${other.id}/sick-leave`, { lastDate: '2026-11-01' }).expect(422);
    test.clock.set('2026-11-20T08:00:00Z');
  });
});

describe('two who are faster', () => {
  it('a move in a change and a booking of the same time leave one of them refused', async () => {
    for (let round = 0; round < 8; round++) {
      nextMonday();
      const moved = await lesson('08:00');
      const student = await nord.enrol(`race${round}@nord.example`);
      const time = { startsAt: `${monday}T10:00:00Z`, teacherId: other.id };
      const [changed, booked] = await Promise.all([
        save({ ...dayOff(), decisions: [{ bookingId: moved, decision: 'move', ...time }] }),
        student.caller.post('/bookings', { lessonTypeId: nord.lessonTypeId, ...time }),
      ]);
      expect([changed.status, booked.status].toSorted((a, b) => a - b)).toEqual([201, 409]);
      if (changed.status === 409) expect(changed.body.code).toBe('schedule_change.decision_refused');
      else expect(booked.body.code).toBe('booking.slot_taken');
      expect((await orphaned()).length).toBe(0);
    }
  });

  it('two changes that move the same lesson move it once', async () => {
    nextMonday();
    const booked = await lesson('08:00');
    await save(dayOff()).expect(201);
    const move = (hour: string) =>
      nord.owner.post('/orphaned-bookings/decisions', {
        decisions: [{ bookingId: booked, decision: 'move', startsAt: `${monday}T${hour}:00:00Z`, teacherId: other.id }],
      });
    const answers = await Promise.all([move('12'), move('13')]);
    for (const { status } of answers) expect([204, 409]).toContain(status);
    expect(answers.some(({ status }) => status === 204)).toBe(true);
    expect(['12', '13']).toContain((await state(booked)).startsAt.slice(11, 13));
  });
});
