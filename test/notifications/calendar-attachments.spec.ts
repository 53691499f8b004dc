import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../support/app.js';
import { parsedCalendar, type ParsedEvent } from '../support/parsed-calendar.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let nord: TestSchool;
let student: Awaited<ReturnType<TestSchool['enrol']>>;
let email: string;
let students = 0;

beforeAll(async () => {
  test = await startTestApp();
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
});
afterAll(() => test.close());
beforeEach(async () => {
  email = `elev${(students += 1)}@nord.example`;
  student = await nord.enrol(email);
  await test.settle();
  test.sandbox.reset();
});

const mailsTo = (address: string) =>
  [...test.sandbox.mail.mailbox.values()].filter(({ envelope }) => envelope.to.includes(address));
const filesTo = (address: string) =>
  mailsTo(address).flatMap(({ attachments }) => attachments.filter(({ type }) => type === 'text/calendar'));

/** A reader's calendar, into which whatever came was taken: a change counts when its number is higher. */
async function calendarOf(address = email): Promise<ParsedEvent[]> {
  await test.settle();
  const kept = new Map<string, ParsedEvent>();
  for (const { content } of filesTo(address)) {
    const calendar = parsedCalendar(content.toString());
    expect(calendar.property('method')).toBe('PUBLISH');
    for (const event of calendar.events) {
      if (event.sequence > (kept.get(event.uid)?.sequence ?? -1)) kept.set(event.uid, event);
    }
  }
  return [...kept.values()];
}

const book = async (startsAt: string) =>
  (await nord.owner.post('/bookings', { lessonTypeId: nord.lessonTypeId, studentId: student.id, startsAt }).expect(201))
    .body;

describe('the calendar of a reader who takes into it what the mail brings', () => {
  it('has each lesson as it stands, also when it was moved or cancelled', async () => {
    const { id } = await book('2026-11-30T09:00:00Z');
    expect(await calendarOf()).toMatchObject([
      {
        uid: id,
        startsAt: '2026-11-30T09:00:00.000Z',
        endsAt: '2026-11-30T09:45:00.000Z',
        start: 'Europe/Copenhagen:20261130T100000',
        summary: expect.stringMatching(/^Kørelektion B · /),
        status: 'CONFIRMED',
      },
    ]);
    await nord.owner.post(`/bookings/${id}/reschedule`, { startsAt: '2026-11-30T11:00:00Z' }).expect(200);
    expect(await calendarOf()).toMatchObject([{ uid: id, startsAt: '2026-11-30T11:00:00.000Z', status: 'CONFIRMED' }]);
    await nord.owner.post(`/bookings/${id}/cancel`, {}).expect(200);
    expect(await calendarOf()).toMatchObject([{ uid: id, status: 'CANCELLED', transparency: 'TRANSPARENT' }]);
    expect(filesTo(email).map(({ name }) => name)).toEqual(['kalender.ics', 'kalender.ics', 'kalender.ics']);
    expect(test.sandbox.twilio.received().every(({ body }) => !body.includes('VCALENDAR'))).toBe(true);
  });

  it('names a teacher’s students, and who asks there', async () => {
    await book('2026-12-01T09:00:00Z');
    await test.settle();
    const { body } = await nord.owner.get(`/teachers/${nord.teacher.id}`).expect(200);
    const [event, ...more] = await calendarOf(body.email);
    expect(more).toEqual([]);
    expect(event!.summary).toContain('Freja Lund');
    expect(filesTo(body.email)[0]!.content.toString()).toMatch(/^ORGANIZER;CN="Køreskolen nord":mailto:.+@/m);
  });

  it('has all lessons of a series from one file', async () => {
    const wish = { lessonTypeId: nord.lessonTypeId, studentId: student.id, weekdays: [3], time: '10:00' };
    const { body } = await nord.owner.post('/booking-series', { ...wish, from: '2026-12-02', count: 3 }).expect(201);
    expect((await calendarOf()).map(({ uid }) => uid)).toEqual(body.lessons.map(({ id }: { id: string }) => id));
    await nord.owner.post(`/booking-series/${body.id}/move`, { time: '13:00' }).expect(200);
    const moved = (await calendarOf()).map(({ start }) => start);
    expect(moved).toEqual(['02', '09', '16'].map((day) => `Europe/Copenhagen:202612${day}T130000`));
    expect(mailsTo(email)).toHaveLength(2);
  });

  it('loses what a cancelled day has taken', async () => {
    await book('2026-12-03T09:00:00Z');
    await nord.owner
      .post('/diary-days/2026-12-03/cancellation', { scope: 'school', reason: 'weather', rebook: false })
      .expect(202);
    expect(await calendarOf()).toMatchObject([{ startsAt: '2026-12-03T09:00:00.000Z', status: 'CANCELLED' }]);
  });

  it('has an exam, with its place', async () => {
    const exam = {
      kind: 'theory',
      studentId: student.id,
      startsAt: '2027-01-13T08:00:00Z',
      minutes: 60,
      place: 'Herlev',
    };
    const { body } = await nord.owner.post('/exams', exam).expect(201);
    expect(await calendarOf()).toMatchObject([{ uid: body.id, summary: 'Teoriprøve B', status: 'CONFIRMED' }]);
    expect(filesTo(email)[0]!.content.toString()).toContain('LOCATION:Herlev');
    await nord.owner.post(`/exams/${body.id}/move`, { startsAt: '2027-01-13T10:00:00Z' }).expect(200);
    expect(await calendarOf()).toMatchObject([{ uid: body.id, startsAt: '2027-01-13T10:00:00.000Z' }]);
  });

  it('has the evenings of a course, until they are moved or cancelled', async () => {
    const plan = {
      name: 'Teori B',
      licenceClass: 'B',
      sessions: [1, 2, 3].map((n) => ({ topic: `Teori ${n}`, minutes: 90 })),
      weekly: [{ weekday: 2, time: '18:00' }],
      capacity: 5,
      price: { amount: 250_000, currency: 'DKK' },
      vatRateBp: 2500,
    };
    const { body: made } = await nord.owner.post('/course-plans', plan).expect(201);
    const wish = { planId: made.id, teacherId: nord.teacher.id, startsOn: '2026-12-08' };
    const { body: course } = await nord.owner.post('/courses', wish).expect(201);
    await nord.owner.post(`/courses/${course.id}/open`).expect(200);
    await nord.owner.post(`/courses/${course.id}/enrolments`, { studentId: student.id }).expect(201);
    const seen = async () => (await calendarOf()).map(({ summary, startsAt, status }) => [summary, startsAt, status]);
    expect(await seen()).toEqual([
      ['Teori 1', '2026-12-08T17:00:00.000Z', 'CONFIRMED'],
      ['Teori 2', '2026-12-15T17:00:00.000Z', 'CONFIRMED'],
      ['Teori 3', '2026-12-22T17:00:00.000Z', 'CONFIRMED'],
    ]);
    const { body: classes } = await nord.owner.get(`/classes?courseId=${course.id}`).expect(200);
    await nord.owner.post(`/classes/${classes.items[0].id}/move`, { startsAt: '2026-12-09T17:00:00Z' }).expect(200);
    expect((await seen())[0]).toEqual(['Teori 1', '2026-12-09T17:00:00.000Z', 'CONFIRMED']);
    await nord.owner.post(`/courses/${course.id}/cancel`, { reason: 'For få' }).expect(200);
    expect((await seen()).map(([, , status]) => status)).toEqual(['CANCELLED', 'CANCELLED', 'CANCELLED']);
  });
});
