import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Verification } from '../../src/platform/verification/verification.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

const friday = '2026-11-20T08:00:00Z';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let weeks = 0;
/** A Monday of its own for each test, two weeks after the last one. */
let monday: string;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  test.clock.set(friday);
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(async () => {
  const verdicts = await nord.run(() => test.app.get(Verification, { strict: false }).ofSchool(nord.id));
  expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  await test.close();
});

beforeEach(() => {
  monday = dayAfter('2026-11-23', 7 * weeks);
  weeks += 2;
  test.clock.set(friday);
});

function dayAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Tuesdays and Thursdays at ten, from the test's Monday on: four lessons in two weeks. */
function pattern(more: object = {}) {
  const what = { lessonTypeId: nord.lessonTypeId, teacherId: nord.teacher.id };
  return { ...what, weekdays: [2, 4], time: '10:00', from: monday, count: 4, ...more };
}

const starts = (lessons: readonly { startsAt: string }[]) => lessons.map(({ startsAt }) => startsAt);
const series = (caller: Caller, more: object = {}) => caller.post('/booking-series', pattern(more));
const at = (days: number, time = '10:00') => {
  const date = dayAfter(monday, days);
  const summer = date >= '2027-03-28' && date < '2027-10-31';
  return new Date(Date.parse(`${date}T${time}:00.000Z`) - (summer ? 2 : 1) * 3_600_000).toISOString();
};
const book = (caller: Caller, startsAt: string, more: object = {}) =>
  caller.post('/bookings', { lessonTypeId: nord.lessonTypeId, teacherId: nord.teacher.id, startsAt, ...more });

describe('a weekly series', () => {
  it('is seen before it is booked, and booked as it was seen', async () => {
    const { caller } = nord.student;
    const preview = await caller.post('/booking-series/preview', pattern()).expect(200);
    expect(preview.body).toMatchObject({ possible: 4, refused: 0 });
    expect(preview.body.lessons[0]).toEqual({
      bookingId: null,
      previousStartsAt: null,
      date: dayAfter(monday, 1),
      startsAt: at(1),
      endsAt: at(1, '10:45'),
      clockChange: null,
      teacherId: nord.teacher.id,
      vehicleId: nord.vehicleId,
      refusal: null,
    });
    const { body } = await series(caller).expect(201);
    expect(starts(body.lessons)).toEqual([at(1), at(3), at(8), at(10)]);
    expect(body).toMatchObject({
      student: { id: nord.student.id },
      weekdays: [2, 4],
      time: '10:00',
      everyWeeks: 1,
      firstDate: dayAfter(monday, 1),
      lastDate: dayAfter(monday, 10),
      leftOut: [],
      refused: [],
    });
    expect(body.lessons[0]).toMatchObject({ seriesId: body.id, state: 'booked', price: { amount: 65_000 } });
    const { refused: _, ...stored } = body;
    expect((await nord.owner.get(`/booking-series/${body.id}`).expect(200)).body).toEqual(stored);
    const { body: list } = await caller.get('/booking-series?limit=1').expect(200);
    expect(list.items[0].id).toBe(body.id);
    expect((await nord.owner.get(`/bookings/${body.lessons[0].id}`).expect(200)).body.seriesId).toBe(body.id);
  });

  it('of every second week ends by a date, and skips the weeks between', async () => {
    const more = {
      everyWeeks: 2,
      count: undefined,
      until: dayAfter(monday, 15),
      weekdays: [4, 1],
      studentId: nord.student.id,
    };
    const { body } = await nord.owner.post('/booking-series/preview', pattern(more)).expect(200);
    expect(starts(body.lessons)).toEqual([at(0), at(3), at(14)]);
  });

  it('with a date that is taken is refused whole, and says which, why and what is free instead', async () => {
    const other = await nord.enrol(`other.${weeks}@nord.example`);
    await book(other.caller, at(3)).expect(201);
    const { body } = await series(nord.student.caller).expect(409);
    expect(body).toMatchObject({ code: 'booking.some_refused' });
    expect(body.refused).toEqual([
      {
        bookingId: null,
        startsAt: at(3),
        refusal: { code: 'booking.slot_taken', busy: ['teacher', 'vehicle'], alternatives: expect.any(Array) },
      },
    ]);
    expect(starts(body.refused[0].refusal.alternatives)).toEqual([at(3, '09:00'), at(3, '09:15'), at(3, '10:45')]);
    expect(await lessonsFrom(monday, 14)).toEqual([at(3)]);
  });

  it('leaves out what is taken when it is told to, and remembers', async () => {
    const other = await nord.enrol(`other.${weeks}@nord.example`);
    await book(other.caller, at(3, '10:30')).expect(201);
    const off = { startsAt: at(8, '09:00'), endsAt: at(8, '12:00') };
    await nord.owner.post(`/teachers/${nord.teacher.id}/time-off`, off).expect(201);
    const { body } = await series(nord.student.caller, { onConflict: 'skip' }).expect(201);
    expect(starts(body.lessons)).toEqual([at(1), at(10)]);
    expect(body.leftOut).toEqual([
      { date: dayAfter(monday, 3), code: 'booking.slot_taken' },
      { date: dayAfter(monday, 8), code: 'booking.teacher_unavailable' },
    ]);
    expect(body.refused.map(({ refusal }: { refusal: { code: string } }) => refusal.code)).toEqual([
      'booking.slot_taken',
      'booking.teacher_unavailable',
    ]);
    await nord.owner
      .post('/booking-series', pattern({ onConflict: 'skip', studentId: other.id, weekdays: [4], count: 1 }))
      .expect(409);
  });

  it('takes whichever teacher and vehicle is free on each date, when nobody is named', async () => {
    const second = await nord.addTeacher(`second.${weeks}@nord.example`, { name: 'Zenia Bo' });
    const car = { name: 'Polo', plate: `CD 90 ${100 + weeks}`, licenceClass: 'B', gearbox: 'manual' };
    const { id: carId } = (await nord.owner.post('/vehicles', car).expect(201)).body;
    const other = await nord.enrol(`other.${weeks}@nord.example`);
    await book(other.caller, at(3), { vehicleId: nord.vehicleId }).expect(201);
    const { body } = await series(nord.student.caller, { teacherId: undefined }).expect(201);
    const teachers = body.lessons.map(({ teacher }: { teacher: { id: Id } }) => teacher.id);
    expect(teachers).toEqual([nord.teacher.id, second.id, nord.teacher.id, nord.teacher.id]);
    expect(body.lessons[1].vehicle.id).toBe(carId);
    await nord.owner.patch(`/teachers/${second.id}`, { active: false }).expect(200);
    await nord.owner.patch(`/vehicles/${carId}`, { active: false }).expect(200);
  });

  it('is refused, naming the field, when it makes no sense; and nothing is changed', async () => {
    const refusal = async (more: object, status: number) => {
      const { body } = await nord.owner
        .post('/booking-series', pattern({ studentId: nord.student.id, ...more }))
        .expect(status);
      return [body.code, body.errors?.[0]?.field];
    };
    const until = { count: undefined };
    expect(await refusal({ count: 1_000 }, 400)).toEqual(['request.invalid', 'count']);
    expect(await refusal({ ...until, until: '2199-01-01' }, 422)).toEqual(['booking_series.too_long', 'until']);
    expect(await refusal({ ...until, until: monday }, 422)).toEqual(['booking_series.empty', 'until']);
    expect(await refusal({ ...until, until: dayAfter(monday, -9) }, 422)).toEqual(['booking_series.empty', 'until']);
    expect(await refusal({ until: dayAfter(monday, 9) }, 422)).toEqual(['booking_series.end_unclear', 'until']);
    expect(await refusal(until, 422)).toEqual(['booking_series.end_unclear', 'until']);
    expect(await refusal({ time: '10:05' }, 422)).toEqual(['booking.off_grid', 'time']);
    expect(await refusal({ time: '24:00' }, 400)).toEqual(['request.invalid', 'time']);
    expect(await refusal({ from: '2026-11-19' }, 422)).toEqual(['booking.in_the_past', 'from']);
    expect(await refusal({ weekdays: [] }, 400)).toEqual(['request.invalid', 'weekdays']);
    expect(await refusal({ weekdays: [8] }, 400)).toEqual(['request.invalid', 'weekdays']);
    expect(await refusal({ teacherId: syd.teacher.id }, 422)).toEqual(['booking.unknown_reference', 'teacherId']);
    expect(await refusal({ studentId: syd.student.id }, 404)).toEqual(['student.not_found', undefined]);
    expect(await refusal({ studentId: undefined }, 422)).toEqual(['booking.student_required', 'studentId']);
    expect(await lessonsFrom(monday, 14)).toEqual([]);
  });

  it('beyond the diary’s horizon is refused there alone', async () => {
    const from = '2027-12-01';
    const { body } = await nord.owner
      .post(
        '/booking-series/preview',
        pattern({ from, studentId: nord.student.id, everyWeeks: 4, weekdays: [3], count: 3 }),
      )
      .expect(200);
    expect(body).toMatchObject({ possible: 1, refused: 2 });
    expect(body.lessons[1].refusal).toEqual({ code: 'booking.too_far_ahead', busy: [], alternatives: [] });
  });

  it('counts against the student’s limits before it is booked, its own lessons too', async () => {
    const { id, caller } = await nord.enrol(`limited.${weeks}@nord.example`);
    const rules = { open: null, openUntil: null, maxPerDay: null, maxPerWeek: 2 };
    await nord.owner.put(`/students/${id}/booking-rules`, rules).expect(200);
    const three = pattern({ weekdays: [1, 2, 4], count: 6 });
    const preview = await caller.post('/booking-series/preview', three).expect(200);
    expect(preview.body).toMatchObject({ possible: 4, refused: 2 });
    const { body } = await caller.post('/booking-series', { ...three, onConflict: 'skip' }).expect(201);
    expect(starts(body.lessons)).toEqual([at(0), at(1), at(7), at(8)]);
    expect(
      body.refused.map(({ startsAt, refusal }: { startsAt: string; refusal: object }) => [startsAt, refusal]),
    ).toEqual([3, 10].map((day) => [at(day), { code: 'booking.too_many_lessons', busy: [], alternatives: [] }]));
    // A week on, each week still has two.
    const { body: moved } = await caller.post(`/booking-series/${body.id}/move`, { days: 7 }).expect(200);
    expect(starts(moved.lessons)).toEqual([at(7), at(8), at(14), at(15)]);
    await caller.post(`/booking-series/${body.id}/cancel`, {}).expect(200);
  });

  it('of sixty lessons is booked in one go', async () => {
    const night = await nord.addTeacher(`early.${weeks}@nord.example`, {
      workingHours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '04:00', ends: '07:00' })),
    });
    const daily = {
      teacherId: night.id,
      weekdays: [1, 2, 3, 4, 5, 6, 7],
      time: '05:00',
      count: 60,
      from: '2026-11-23',
    };
    const { body } = await series(nord.student.caller, daily).expect(201);
    expect(body.lessons).toHaveLength(60);
    expect(
      (await nord.student.caller.post(`/booking-series/${body.id}/cancel`, {}).expect(200)).body.lessons,
    ).toHaveLength(60);
  });

  it('is nobody else’s to see', async () => {
    const { id } = (await series(nord.student.caller).expect(201)).body;
    const other = await nord.enrol(`other.${weeks}@nord.example`);
    for (const caller of [other.caller, syd.owner])
      expect((await caller.get(`/booking-series/${id}`).expect(404)).body.code).toBe('booking_series.not_found');
    await other.caller.post(`/booking-series/${id}/cancel`, {}).expect(404);
    await other.caller.post(`/booking-series/${id}/move`, { time: '11:00' }).expect(404);
    expect((await other.caller.get('/booking-series').expect(200)).body.items).toEqual([]);
  });
});

describe('the nights in which the clocks change', () => {
  let night: { id: Id };

  beforeAll(async () => {
    const workingHours = [{ weekday: 7, starts: '00:00', ends: '06:00' }];
    night = await nord.addTeacher('night.series@nord.example', { workingHours });
  });

  const sundays = (from: string, time: string) => ({
    ...pattern({ teacherId: night.id, weekdays: [7], time, from, count: 3 }),
    studentId: nord.student.id,
  });

  it('leave out an hour in spring: the lesson of that date is an hour later, and says so', async () => {
    const body = sundays('2027-03-21', '02:30');
    const { lessons } = (await nord.owner.post('/booking-series/preview', body).expect(200)).body;
    expect(lessons.map((each: Record<string, unknown>) => [each['startsAt'], each['clockChange']])).toEqual([
      ['2027-03-21T01:30:00.000Z', null],
      ['2027-03-28T01:30:00.000Z', 'left_out'],
      ['2027-04-04T00:30:00.000Z', null],
    ]);
    const booked = await nord.owner.post('/booking-series', body).expect(201);
    expect(starts(booked.body.lessons)).toEqual(starts(lessons));
  });

  it('show an hour twice in autumn: the first one counts, and it is said', async () => {
    const body = sundays('2027-10-24', '02:30');
    const { lessons } = (await nord.owner.post('/booking-series/preview', body).expect(200)).body;
    expect(lessons.map((each: Record<string, unknown>) => [each['startsAt'], each['clockChange']])).toEqual([
      ['2027-10-24T00:30:00.000Z', null],
      ['2027-10-31T00:30:00.000Z', 'twice'],
      ['2027-11-07T01:30:00.000Z', null],
    ]);
    const booked = await nord.owner.post('/booking-series', body).expect(201);
    expect(starts(booked.body.lessons)).toEqual(starts(lessons));
  });

  it('move no lesson of a series that is shifted past them', async () => {
    const body = sundays('2027-03-14', '00:15');
    const { id } = (await nord.owner.post('/booking-series', { ...body, count: 2 }).expect(201)).body;
    const { body: moved } = await nord.owner.post(`/booking-series/${id}/move`, { days: 14 }).expect(200);
    expect(starts(moved.lessons)).toEqual(['2027-03-27T23:15:00.000Z', '2027-04-03T22:15:00.000Z']);
  });
});

describe('moving lessons of a series', () => {
  const booked = async (more: object = {}) => (await series(nord.student.caller, more).expect(201)).body;
  const move = (caller: Caller, id: Id, body: object) => caller.post(`/booking-series/${id}/move`, body);

  it('moves all, those from one on, or one', async () => {
    const { id, lessons } = await booked();
    const { body } = await move(nord.student.caller, id, { time: '13:00' }).expect(200);
    expect(starts(body.lessons)).toEqual([1, 3, 8, 10].map((day) => at(day, '13:00')));
    const following = { scope: 'following', bookingId: lessons[2].id, days: 1 };
    const preview = await nord.owner.post(`/booking-series/${id}/move/preview`, following).expect(200);
    expect(preview.body).toMatchObject({ possible: 2, refused: 0 });
    expect(preview.body.lessons[0]).toMatchObject({
      bookingId: lessons[2].id,
      previousStartsAt: at(8, '13:00'),
      startsAt: at(9, '13:00'),
    });
    await move(nord.owner, id, following).expect(200);
    await move(nord.owner, id, { scope: 'one', bookingId: lessons[0].id, time: '08:00', days: -1 }).expect(200);
    const { body: now } = await nord.owner.get(`/booking-series/${id}`).expect(200);
    expect(starts(now.lessons)).toEqual([at(0, '08:00'), at(3, '13:00'), at(9, '13:00'), at(11, '13:00')]);
  });

  it('lets a lesson take the place that another one leaves', async () => {
    const { id } = await booked({ weekdays: [1, 2, 3], count: 3 });
    const { body } = await move(nord.student.caller, id, { days: 1 }).expect(200);
    expect(starts(body.lessons)).toEqual([at(1), at(2), at(3)]);
  });

  it('refuses all or leaves what cannot move, and what wants its place', async () => {
    const other = await nord.enrol(`other.${weeks}@nord.example`);
    const { id, lessons } = await booked({ weekdays: [1, 2, 3], count: 3 });
    await book(other.caller, at(3)).expect(201);
    const { body: refused } = await move(nord.student.caller, id, { days: 1 }).expect(409);
    expect(refused.refused).toMatchObject([{ bookingId: lessons[2].id, refusal: { busy: ['teacher', 'vehicle'] } }]);
    // Wednesday cannot leave, so Tuesday cannot come, so Monday cannot either.
    expect(
      (await move(nord.student.caller, id, { days: 1, onConflict: 'skip' }).expect(409)).body.refused,
    ).toHaveLength(3);
    const { body } = await move(nord.student.caller, id, { days: 2, time: '10:30', onConflict: 'skip' }).expect(200);
    expect(starts(body.lessons)).toEqual([at(2, '10:30'), at(4, '10:30')]);
    expect(body.refused).toMatchObject([{ bookingId: lessons[1].id, startsAt: at(3, '10:30') }]);
  });

  it('is refused when it says nothing, or names no lesson of the series', async () => {
    const { id } = await booked();
    const single = (await book(nord.student.caller, at(2)).expect(201)).body.id;
    const refusal = async (body: object, status: number) => {
      const { body: problem } = await move(nord.owner, id, body).expect(status);
      return [problem.code, problem.errors?.[0]?.field];
    };
    expect(await refusal({}, 422)).toEqual(['booking.nothing_to_change', 'time']);
    expect(await refusal({ time: '10:10' }, 422)).toEqual(['booking.off_grid', 'time']);
    expect(await refusal({ days: 400 }, 400)).toEqual(['request.invalid', 'days']);
    expect(await refusal({ scope: 'one', days: 1 }, 422)).toEqual(['booking_series.lesson_required', 'bookingId']);
    expect(await refusal({ scope: 'one', days: 1, bookingId: single }, 404)).toEqual(['booking.not_found', undefined]);
    expect(await refusal({ days: 1, teacherId: syd.teacher.id }, 422)).toEqual([
      'booking.unknown_reference',
      'teacherId',
    ]);
  });
});

describe('cancelling lessons of a series', () => {
  it('costs what each would cost alone, as was seen before', async () => {
    const { id, lessons } = (await series(nord.owner, { studentId: nord.student.id }).expect(201)).body;
    test.clock.set(new Date(Date.parse(at(1)) - 3_600_000));
    const student = await nord.join(`student@nord.example`, 'student');
    const preview = await student.get(`/booking-series/${id}/cancellation`).expect(200);
    expect(preview.body).toMatchObject({ fee: { amount: 30_000 }, refused: [] });
    expect(preview.body.lessons.map(({ fee }: { fee: { amount: number } }) => fee.amount)).toEqual([30_000, 0, 0, 0]);
    const cancel = (more: object) => student.post(`/booking-series/${id}/cancel`, { reason: 'Flytter', ...more });
    const free = { amount: 0, currency: 'DKK' };
    expect((await cancel({ expectedFee: free }).expect(409)).body).toMatchObject({
      code: 'booking.fee_changed',
      fee: { amount: 30_000 },
    });
    const following = await cancel({ scope: 'following', bookingId: lessons[2].id, expectedFee: free }).expect(200);
    expect(starts(following.body.lessons)).toEqual([at(8), at(10)]);
    const { body } = await cancel({}).expect(200);
    expect(body).toMatchObject({ fee: { amount: 30_000 }, refused: [] });
    expect(body.lessons).toMatchObject([
      { startsAt: at(1), state: 'cancelled', cancelReason: 'Flytter', fee: { amount: 30_000 } },
      { startsAt: at(3), state: 'cancelled', fee: { amount: 0 } },
    ]);
    expect((await cancel({}).expect(409)).body.code).toBe('booking_series.nothing_left');
  });

  it('costs nothing when the school does it, and leaves alone what has begun', async () => {
    const { id } = (await series(nord.owner, { studentId: nord.student.id }).expect(201)).body;
    test.clock.set(at(3, '10:15'));
    const owner = await nord.join('owner@nord.example', 'owner');
    const { body } = await owner.post(`/booking-series/${id}/cancel`, {}).expect(200);
    expect(body.fee.amount).toBe(0);
    expect(starts(body.lessons)).toEqual([at(8), at(10)]);
    const { body: stands } = await owner.get(`/booking-series/${id}`).expect(200);
    expect(stands.lessons.map(({ state }: { state: string }) => state)).toEqual([
      'booked',
      'booked',
      'cancelled',
      'cancelled',
    ]);
  });
});

describe('several given lessons', () => {
  const bulk = (caller: Caller, days: readonly number[], more: object = {}) => {
    const times = days.map((day) => ({ startsAt: at(day) }));
    return caller.post('/bulk-bookings', { lessonTypeId: nord.lessonTypeId, times, ...more });
  };

  it('are booked at once, and belong to no series', async () => {
    const preview = await nord.student.caller
      .post('/bulk-bookings/preview', {
        lessonTypeId: nord.lessonTypeId,
        times: [{ startsAt: at(2) }, { startsAt: at(1, '03:00') }],
      })
      .expect(200);
    expect(preview.body).toMatchObject({ possible: 1, refused: 1 });
    expect(preview.body.lessons[0].refusal.code).toBe('booking.teacher_unavailable');
    const { body } = await bulk(nord.student.caller, [4, 2]).expect(201);
    expect(starts(body.lessons)).toEqual([at(2), at(4)]);
    expect(body.lessons[0].seriesId).toBeNull();
  });

  it('are done once, however often the request is sent', async () => {
    const send = () => bulk(nord.student.caller, [1, 2]).set('Idempotency-Key', `bulk-${weeks}`);
    const first = await send().expect(201);
    expect((await send().expect(201)).body).toEqual(first.body);
    expect(await lessonsFrom(monday, 7)).toEqual([at(1), at(2)]);
  });

  it('are refused when they overlap or are no times for lessons, naming the field', async () => {
    const times = [{ startsAt: at(1) }, { startsAt: at(2) }, { startsAt: at(1, '10:30') }];
    const { body } = await nord.student.caller
      .post('/bulk-bookings', { lessonTypeId: nord.lessonTypeId, times })
      .expect(422);
    expect(body).toMatchObject({ code: 'booking.times_overlap', errors: [{ field: 'times.2.startsAt' }] });
    const codes = async (startsAt: string) => {
      const answer = await nord.student.caller.post('/bulk-bookings', {
        lessonTypeId: nord.lessonTypeId,
        times: [{ startsAt }, { startsAt: at(2) }],
        onConflict: 'skip',
      });
      return answer.body.refused.map(({ refusal }: { refusal: { code: string } }) => refusal.code);
    };
    expect(await codes('2026-11-20T07:00:00Z')).toEqual(['booking.in_the_past']);
    const many = Array.from({ length: 61 }, (_, i) => i);
    expect((await bulk(nord.student.caller, many).expect(400)).body.errors[0].field).toBe('times');
  });

  it('change places in one call', async () => {
    const other = await nord.enrol(`other.${weeks}@nord.example`);
    const mine = (await book(nord.student.caller, at(1)).expect(201)).body.id;
    const theirs = (await book(other.caller, at(1, '10:45')).expect(201)).body.id;
    const moves = [
      { bookingId: mine, startsAt: at(1, '10:45') },
      { bookingId: theirs, startsAt: at(1) },
    ];
    expect((await nord.owner.post('/bulk-moves/preview', { moves }).expect(200)).body).toMatchObject({ possible: 2 });
    const { body } = await nord.owner.post('/bulk-moves', { moves }).expect(200);
    expect(body.lessons.map(({ id }: { id: Id }) => id)).toEqual([theirs, mine]);
    await other.caller.post('/bulk-moves', { moves }).expect(404);
    const twice = await nord.owner.post('/bulk-moves', { moves: [...moves, moves[0]] }).expect(422);
    expect(twice.body).toMatchObject({ code: 'booking.named_twice', errors: [{ field: 'moves.2.bookingId' }] });
    const same = moves.map((move) => ({ ...move, startsAt: at(2) }));
    const collide = await nord.owner.post('/bulk-moves', { moves: same }).expect(409);
    expect(collide.body.refused).toMatchObject([{ refusal: { busy: ['teacher', 'vehicle'] } }]);
  });

  it('are handed to another teacher together', async () => {
    const second = await nord.addTeacher(`second.${weeks}@nord.example`, { name: 'Zenia Bo' });
    const { lessons } = (await bulk(nord.student.caller, [1, 2, 3], { teacherId: nord.teacher.id }).expect(201)).body;
    const moves = lessons.map(({ id }: { id: Id }) => ({ bookingId: id, teacherId: second.id }));
    const { body } = await nord.owner.post('/bulk-moves', { moves }).expect(200);
    expect(starts(body.lessons)).toEqual([at(1), at(2), at(3)]);
    expect(new Set(body.lessons.map(({ teacher }: { teacher: { id: Id } }) => teacher.id))).toEqual(
      new Set([second.id]),
    );
    await nord.owner.patch(`/teachers/${second.id}`, { active: false }).expect(200);
  });

  it('are cancelled together, those that still can be', async () => {
    const { lessons } = (await bulk(nord.student.caller, [1, 2, 3]).expect(201)).body;
    const bookingIds = lessons.map(({ id }: { id: Id }) => id);
    await nord.student.caller.post(`/bookings/${bookingIds[1]}/cancel`, {}).expect(200);
    const preview = await nord.student.caller.post('/bulk-cancellations/preview', { bookingIds }).expect(200);
    expect(preview.body.refused).toMatchObject([{ bookingId: bookingIds[1], refusal: { code: 'booking.closed' } }]);
    expect((await nord.student.caller.post('/bulk-cancellations', { bookingIds }).expect(409)).body.code).toBe(
      'booking.some_refused',
    );
    const { body } = await nord.student.caller
      .post('/bulk-cancellations', { bookingIds, onConflict: 'skip' })
      .expect(200);
    expect(starts(body.lessons)).toEqual([at(1), at(3)]);
    expect(await lessonsFrom(monday, 5)).toEqual([]);
  });
});

async function lessonsFrom(date: string, days: number): Promise<string[]> {
  const { body } = await nord.owner
    .get(`/bookings?from=${date}&until=${dayAfter(date, days)}&state=booked`)
    .expect(200);
  return starts(body.items);
}
