import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MakeOffer } from '../../src/modules/bookings/waiting-list/use-cases/make-offer.js';
import { ClassCanceller } from '../../src/modules/bookings/classes/use-cases/class-canceller.js';
import { CancelLessonsOfDay } from '../../src/modules/bookings/day-cancellations/use-cases/cancel-lessons-of-day.js';
import { ChargeSchema } from '../../src/modules/finance/index.js';
import { lessonTypeInput, vehicleInput } from '../../src/modules/schools/testing/school-inputs.js';
import { bin, globalQuery, type Tables } from '../../src/platform/database/query.js';
import { Verification } from '../../src/platform/verification/verification.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

interface Person {
  readonly id: Id;
  readonly caller: Caller;
  readonly email: string;
}

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let people = 0;
let week = 0;
/** A Wednesday of its own for each test. */
let date: string;
const at = (time: string) => `${date}T${time}:00.000Z`;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(async () => {
  for (const school of [nord, syd]) {
    const verdicts = await school.run(() => test.app.get(Verification, { strict: false }).ofSchool(school.id));
    expect(verdicts.flatMap(({ findings }) => findings)).toEqual([]);
  }
  await test.close();
});
beforeEach(() => {
  test.clock.set('2026-11-20T08:00:00Z');
  week += 1;
  date = new Date(Date.UTC(2026, 10, 25 + 7 * week)).toISOString().slice(0, 10);
});
// What is due by the test's clock would not be due for long by the next one's.
afterEach(() => test.settle());

async function student(): Promise<Person> {
  const email = `d${(people += 1)}@nord.example`;
  return { ...(await nord.enrol(email, { phone: `+45210000${String(people).padStart(2, '0')}` })), email };
}

async function booked(who: Person, startsAt: string, more: object = {}): Promise<Id> {
  const lesson = { lessonTypeId: nord.lessonTypeId, startsAt, ...more };
  return (await who.caller.post('/bookings', lesson).expect(201)).body.id;
}

const cancelDay = (caller: Caller, body: object = {}) =>
  caller.post(`/diary-days/${date}/cancellation`, { reason: 'weather', ...body });

const dayOf = async (id: Id) => (await nord.owner.get(`/day-cancellations/${id}`).expect(200)).body;
const lesson = async (id: Id) => (await nord.owner.get(`/bookings/${id}`).expect(200)).body;

function mailsTo({ email }: Person) {
  return [...test.sandbox.mail.mailbox.values()].filter(({ envelope }) => envelope.to.includes(email));
}

function charges(bookingId: Id) {
  return globalQuery<Tables<typeof ChargeSchema>>(test.em.fork())
    .selectFrom('charges')
    .select(['source', 'state'])
    .where('source_id', '=', bin(bookingId))
    .execute();
}

async function locationWithRoom(name: string): Promise<{ id: Id; roomId: Id }> {
  const { id } = (await nord.owner.post('/locations', { name, kind: 'branch' }).expect(201)).body;
  const room = { name: `Lokale ${name}`, kind: 'room', places: 1, seats: 20, locationId: id };
  return { id, roomId: (await nord.owner.post('/facilities', room).expect(201)).body.id };
}

/** One class that afternoon, to which the students are to come. */
async function classOn(teacherId: Id, roomId: Id, students: readonly Person[]): Promise<Id> {
  const plan = {
    name: 'Teori',
    licenceClass: 'B',
    sessions: [{ topic: 'Vigeplads', minutes: 90 }],
    weekly: [{ weekday: new Date(date).getUTCDay(), time: '13:00' }],
    capacity: 10,
    price: { amount: 0, currency: 'DKK' },
    vatRateBp: 0,
  };
  const planId = (await nord.owner.post('/course-plans', plan).expect(201)).body.id;
  const { body: course } = await nord.owner.post('/courses', { planId, teacherId, roomId, startsOn: date }).expect(201);
  await nord.owner.post(`/courses/${course.id}/open`).expect(200);
  for (const { id } of students)
    await nord.owner.post(`/courses/${course.id}/enrolments`, { studentId: id }).expect(201);
  return (await nord.owner.get(`/classes?courseId=${course.id}`).expect(200)).body.items[0].id;
}

/** Until what failed has been tried again. */
async function goOn(): Promise<void> {
  const open = "SELECT 1 FROM outbox_deliveries WHERE state = 'open' LIMIT 1";
  for (let turn = 0; turn < 30 && (await test.em.fork().execute<object[]>(open)).length > 0; turn++) {
    test.clock.advance({ seconds: 20 });
    await test.settle();
  }
}

describe('a day that is cancelled', () => {
  it('is previewed, then cancelled without a fee, and each student is told once with other times', async () => {
    const [one, twice] = [await student(), await student()];
    // Today, when a student who cancels owes the fee.
    date = '2026-11-20';
    const lessons = [
      await booked(one, at('09:00')),
      await booked(twice, at('10:00')),
      await booked(twice, at('12:00')),
    ];
    await test.settle();
    test.sandbox.reset();
    const { body: preview } = await nord.owner.get(`/diary-days/${date}/cancellation`).expect(200);
    expect(preview).toMatchObject({ lessonCount: 3, studentCount: 2, fees: { amount: 0 } });
    expect(preview.lessons.map(({ bookingId }: { bookingId: Id }) => bookingId)).toEqual(lessons);

    await cancelDay(nord.owner, { expectedLessons: 2 }).expect(409, /day_cancellation\.changed/);
    const note = 'Isglatte veje';
    const { body: day } = await cancelDay(nord.owner, { expectedLessons: 3, note }).expect(202);
    expect(day).toMatchObject({ state: 'running', scope: 'school', lessons: { pending: 3 } });
    await test.settle();
    expect(await dayOf(day.id)).toMatchObject({ state: 'done', lessons: { pending: 0, cancelled: 3, skipped: 0 } });
    for (const id of lessons) {
      expect(await lesson(id)).toMatchObject({ state: 'cancelled', fee: { amount: 0 }, cancelReason: note });
      expect(await charges(id)).toEqual([{ source: 'booking', state: 'voided' }]);
    }
    for (const [who, count] of [
      [one, 1],
      [twice, 2],
    ] as const) {
      const [mail, ...more] = mailsTo(who);
      expect(more).toEqual([]);
      expect(mail!.text).toContain('på grund af vejret');
      expect(mail!.text).toContain(note);
      expect(mail!.text).toMatch(/\/offers\/[\w-]{22}/);
      const { body } = await who.caller.get('/offers').expect(200);
      expect(body.items).toHaveLength(count);
      for (const { choices } of body.items) expect(choices).toHaveLength(3);
    }
    const offered = (await nord.owner.get('/offers?limit=200').expect(200)).body.items
      .filter(({ replacesId }: { replacesId: Id }) => lessons.includes(replacesId))
      .flatMap(({ choices }: { choices: { startsAt: string }[] }) => choices.map(({ startsAt }) => startsAt));
    expect(new Set(offered).size).toBe(9);
    const events = await nord.owner.get(`/day-cancellations/${day.id}/events`).expect(200);
    expect(events.text).toContain('event: end');
  });

  it('is made good at the terms of the cancelled lesson, whatever the price list says now', async () => {
    const one = await student();
    const id = await booked(one, at('08:00'));
    await cancelDay(nord.owner).expect(202);
    await test.settle();
    const { body: type } = await nord.owner.get(`/lesson-types/${nord.lessonTypeId}`).expect(200);
    await nord.owner
      .patch(`/lesson-types/${nord.lessonTypeId}`, { price: { amount: 99_000, currency: 'DKK' } })
      .expect(200);
    const [offer] = (await one.caller.get('/offers?state=open').expect(200)).body.items;
    expect(offer).toMatchObject({ replacesId: id });
    await one.caller.post(`/offers/${offer.id}/accept`, {}).expect(422, /offer\.choice_unknown/);
    const { startsAt } = offer.choices[1];
    const { body: anew } = await one.caller.post(`/offers/${offer.id}/accept`, { startsAt }).expect(201);
    expect(anew).toMatchObject({ startsAt, state: 'booked', price: type.price, lateFee: { amount: 30_000 } });
    expect(await charges(anew.id)).toEqual([{ source: 'booking', state: 'open' }]);
    await nord.owner.patch(`/lesson-types/${nord.lessonTypeId}`, { price: type.price }).expect(200);
  });

  it('says which of the other times are gone, and books the one that is not', async () => {
    const [one, faster] = [await student(), await student()];
    await booked(one, at('08:00'));
    await cancelDay(nord.owner).expect(202);
    await test.settle();
    const [offer] = (await one.caller.get('/offers?state=open').expect(200)).body.items;
    const [first, second] = offer.choices;
    await booked(faster, first.startsAt, { teacherId: first.teacherId });
    const { body } = await one.caller.post(`/offers/${offer.id}/accept`, { startsAt: first.startsAt }).expect(409);
    expect(body).toMatchObject({ code: 'offer.choice_gone', choices: [{ startsAt: second.startsAt }, {}] });
    await one.caller.post(`/offers/${offer.id}/accept`, { startsAt: second.startsAt }).expect(201);
  });

  it('offers its freed times to nobody, and tells the teacher once', async () => {
    const [one, waiting] = [await student(), await student()];
    const wish = { lessonTypeId: nord.lessonTypeId, fromDate: date, untilDate: date };
    await waiting.caller.post('/waiting-list', wish).expect(201);
    await booked(one, at('08:00'));
    await booked(one, at('10:00'));
    await test.settle();
    test.sandbox.reset();
    await cancelDay(nord.owner, { rebook: false, reason: 'illness' }).expect(202);
    await test.settle();
    expect((await waiting.caller.get('/offers').expect(200)).body.items).toEqual([]);
    expect((await one.caller.get('/offers').expect(200)).body.items).toEqual([]);
    expect(mailsTo(one)).toHaveLength(1);
    expect(mailsTo(one)[0]!.text).not.toContain('/offers/');
    const toTeacher = [...test.sandbox.mail.mailbox.values()].filter(({ subject }) =>
      subject.includes('2 af dine timer'),
    );
    expect(toTeacher).toHaveLength(1);
  });

  it('of a teacher leaves others’ lessons alone, and keeps his day free when asked to', async () => {
    const ill = await nord.addTeacher(`ill${week}@nord.example`);
    await nord.owner.post('/vehicles', vehicleInput(`DD 10 00${week}`)).expect(201);
    const [one, other] = [await student(), await student()];
    const hit = await booked(one, at('08:00'), { teacherId: ill.id });
    const missed = await booked(other, at('08:00'), { teacherId: nord.teacher.id });
    await cancelDay(nord.teacher.caller, { scope: 'teacher', teacherId: ill.id }).expect(403, /not_your_day/);
    await cancelDay(ill.caller).expect(403, /not_your_day/);
    const mine = { scope: 'teacher', teacherId: ill.id, reason: 'illness', keepFree: true };
    await cancelDay(ill.caller, mine).expect(202);
    await test.settle();
    expect(await lesson(hit)).toMatchObject({ state: 'cancelled' });
    expect(await lesson(missed)).toMatchObject({ state: 'booked' });
    const again = { lessonTypeId: nord.lessonTypeId, startsAt: at('10:00'), teacherId: ill.id };
    await one.caller.post('/bookings', again).expect(409, /booking\.teacher_unavailable/);
    await nord.owner.patch(`/teachers/${ill.id}`, { active: false }).expect(200);
  });

  it('gives up the times that were held on it, so that nobody pays for them', async () => {
    const one = await student();
    const rules = `/lesson-types/${nord.lessonTypeId}/booking-rules`;
    const plain = { noticeMinutes: null, horizonDays: null, maxPerDay: null, maxPerWeek: null };
    await nord.owner.put(rules, { ...plain, prepayment: 'full', deposit: null }).expect(200);
    const held = await booked(one, at('09:00'));
    const staffs = { lessonTypeId: nord.lessonTypeId, studentId: one.id, startsAt: at('12:00'), hold: { minutes: 60 } };
    const { body: other } = await nord.owner.post('/bookings', staffs).expect(201);
    await cancelDay(nord.owner).expect(202);
    await test.settle();
    expect([(await lesson(held)).state, (await lesson(other.id)).state]).toEqual(['cancelled', 'cancelled']);
    expect(await charges(held)).toEqual([{ source: 'prepayment', state: 'voided' }]);
    await one.caller.post(`/bookings/${held}/checkout`).expect(409);
    await nord.owner.put(rules, { ...plain, prepayment: 'none', deposit: null }).expect(200);
  });

  it('of a trailer is that of the lessons that it is needed for', async () => {
    const one = await student();
    const car = vehicleInput(`TR 10 00${week}`);
    await nord.owner.post('/vehicles', car).expect(201);
    const towed = { kind: 'trailer', name: 'Trailer', plate: `TR ${1000 + week}`, licenceClass: 'BE' };
    const { body: trailer } = await nord.owner.post('/vehicles', towed).expect(201);
    await nord.owner.patch(`/teachers/${nord.teacher.id}`, { licenceClasses: ['B', 'BE'] }).expect(200);
    const needs = { licenceClass: 'BE', vehicleClass: 'B', needsVehicle: true, needsTrailer: true } as const;
    const { body: type } = await nord.owner
      .post('/lesson-types', lessonTypeInput({ name: 'BE', ...needs }))
      .expect(201);
    const id = await booked(one, at('09:00'), { lessonTypeId: type.id });
    const without = await booked(one, at('12:00'));
    const scope = { scope: 'vehicle', vehicleId: trailer.id };
    await cancelDay(nord.owner, { ...scope, expectedLessons: 1 }).expect(202);
    await test.settle();
    expect([(await lesson(id)).state, (await lesson(without)).state]).toEqual(['cancelled', 'booked']);
  });

  it('leaves what has begun, and what was cancelled or moved away before its turn', async () => {
    const [begun, gone, moved, hit] = [await student(), await student(), await student(), await student()];
    date = '2026-11-20';
    const began = await booked(begun, at('08:00'));
    const [cancelled, left] = [await booked(gone, at('09:00')), await booked(moved, at('10:00'))];
    const last = await booked(hit, at('11:00'));
    await test.settle();
    const turn = jest
      .spyOn(test.app.get(CancelLessonsOfDay, { strict: false }), 'execute')
      .mockRejectedValueOnce(new Error('killed'));
    const { body: day } = await cancelDay(nord.owner).expect(202);
    expect(day.lessons.pending).toBe(3);
    await gone.caller.post(`/bookings/${cancelled}/cancel`, {}).expect(200);
    const later = new Date(Date.parse(at('10:00')) + 3 * 86_400_000).toISOString();
    await nord.owner.post(`/bookings/${left}/reschedule`, { startsAt: later }).expect(200);
    await test.settle();
    turn.mockRestore();
    await goOn();
    expect(await dayOf(day.id)).toMatchObject({ state: 'done', lessons: { pending: 0, cancelled: 1, skipped: 2 } });
    expect(await lesson(began)).toMatchObject({ state: 'booked' });
    expect(await lesson(last)).toMatchObject({ state: 'cancelled' });
    expect(await lesson(left)).toMatchObject({ state: 'booked', startsAt: later });
    await nord.owner.post(`/bookings/${left}/cancel`, {}).expect(200);
  });

  it('goes on after it was stopped in the middle, and does nothing twice', async () => {
    const students: Person[] = [];
    for (let i = 0; i < 8; i++) {
      students.push(await student());
      await booked(students.at(-1)!, at(`${String(7 + i).padStart(2, '0')}:00`));
    }
    await test.settle();
    test.sandbox.reset();
    let made = 0;
    const make = test.app.get(MakeOffer, { strict: false });
    const execute = make.execute.bind(make);
    const offers = jest.spyOn(make, 'execute').mockImplementation(async (offer) => {
      // Twice, halfway through a student: the process is killed with his transaction open.
      if ([3, 6].includes((made += 1))) throw new Error('killed');
      return execute(offer);
    });
    const { body: day } = await cancelDay(nord.owner).expect(202);
    const job = test.app.get(CancelLessonsOfDay, { strict: false });
    const runs = Array.from({ length: 3 }, () => nord.run(() => job.execute(day.id)).catch(() => undefined));
    await Promise.all(runs);
    await test.settle();
    offers.mockRestore();
    await goOn();
    expect(await dayOf(day.id)).toMatchObject({ state: 'done', lessons: { pending: 0, cancelled: 8, skipped: 0 } });
    for (const each of students) {
      expect(mailsTo(each)).toHaveLength(1);
      const { body } = await each.caller.get('/offers').expect(200);
      expect(body.items).toHaveLength(1);
    }
  });

  it('takes the theory classes of its scope along, and tells students and teacher once each', async () => {
    const [lecturer, other] = [
      await nord.addTeacher(`k${(people += 1)}@nord.example`),
      await nord.addTeacher(`k${(people += 1)}@nord.example`),
    ];
    const [one, two, there] = [await student(), await student(), await student()];
    const [here, away] = [await locationWithRoom('Her'), await locationWithRoom('Der')];
    const hit = await classOn(lecturer.id, here.roomId, [one, two]);
    const missed = await classOn(other.id, away.roomId, [there]);
    await booked(one, at('08:00'), { locationId: here.id });
    await test.settle();
    test.sandbox.reset();
    const counts = async (query: string) => {
      const { body } = await nord.owner.get(`/diary-days/${date}/cancellation?${query}`).expect(200);
      return [body.lessonCount, body.classCount, body.studentCount];
    };
    expect(await counts('scope=school')).toEqual([1, 2, 3]);
    expect(await counts(`scope=teacher&teacherId=${lecturer.id}`)).toEqual([0, 1, 2]);
    expect(await counts(`scope=vehicle&vehicleId=${nord.vehicleId}`)).toEqual([1, 0, 1]);
    const scope = { scope: 'location', locationId: here.id };
    expect(await counts(`scope=location&locationId=${here.id}`)).toEqual([1, 1, 2]);

    const classes = test.app.get(ClassCanceller, { strict: false });
    const cancel = classes.cancel.bind(classes);
    const turn = jest.spyOn(classes, 'cancel').mockImplementationOnce(async (...how) => {
      await cancel(...how);
      throw new Error('killed');
    });
    const { body: day } = await cancelDay(nord.owner, { ...scope, rebook: false, note: 'Strømsvigt' }).expect(202);
    expect(day).toMatchObject({ lessons: { pending: 1 }, classes: { pending: 1 } });
    const job = test.app.get(CancelLessonsOfDay, { strict: false });
    await Promise.all([1, 2, 3].map(() => nord.run(() => job.execute(day.id)).catch(() => undefined)));
    turn.mockRestore();
    await test.settle();
    await goOn();
    await nord.run(() => job.execute(day.id));
    await test.settle();
    expect(await dayOf(day.id)).toMatchObject({
      state: 'done',
      lessons: { pending: 0, cancelled: 1, skipped: 0 },
      classes: { pending: 0, cancelled: 1, skipped: 0 },
    });
    const session = async (id: Id) => (await nord.owner.get(`/classes/${id}`).expect(200)).body;
    expect(await session(hit)).toMatchObject({ state: 'cancelled', cancelReason: 'Strømsvigt' });
    expect(await session(missed)).toMatchObject({ state: 'planned' });
    const ofClass = (who: Person) => mailsTo(who).filter(({ text }) => text?.includes('Vigeplads'));
    for (const who of [one, two]) expect(ofClass(who)).toHaveLength(1);
    expect(mailsTo(there)).toEqual([]);
    const toLecturer = [...test.sandbox.mail.mailbox.values()].filter(({ text }) => text?.includes('Vigeplads'));
    expect(toLecturer).toHaveLength(3);
    // The teacher's time is free again, and so is the student's.
    await booked(two, at('12:00'), { teacherId: lecturer.id });
  });

  it('is refused when it makes no sense, naming the field', async () => {
    const refused = async (body: object, code: string, field: string) =>
      expect((await cancelDay(nord.owner, body).expect(422)).body).toMatchObject({ code, errors: [{ field }] });
    await refused({ scope: 'teacher' }, 'day_cancellation.scope_mismatch', 'teacherId');
    await refused({ teacherId: nord.teacher.id }, 'day_cancellation.scope_mismatch', 'teacherId');
    await refused({ scope: 'vehicle', vehicleId: syd.vehicleId }, 'day_cancellation.unknown_reference', 'vehicleId');
    await refused(
      { scope: 'vehicle', vehicleId: nord.vehicleId, keepFree: true },
      'day_cancellation.nobody_to_keep_free',
      'keepFree',
    );
    await cancelDay(nord.owner, { scope: 'teacher', teacherId: syd.teacher.id }).expect(404);
    await nord.owner.post('/diary-days/2026-02-30/cancellation', { reason: 'weather' }).expect(404);
    await nord.owner.post('/diary-days/2026-11-19/cancellation', { reason: 'weather' }).expect(422, /day_over/);
    await nord.student.caller.get(`/diary-days/${date}/cancellation`).expect(403);
    const { body } = await cancelDay(nord.owner).expect(202);
    await syd.owner.get(`/day-cancellations/${body.id}`).expect(404);
    await syd.owner.get(`/day-cancellations/${body.id}/events`).expect(404);
  });
});
