import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { statementsOf } from '../support/statements.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  // A Friday; the week after has Monday 23 November.
  test.clock.set('2026-11-20T08:00:00Z');
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(() => test.close());

const book = (startsAt: string, more: object = {}) =>
  nord.owner
    .post('/bookings', {
      lessonTypeId: nord.lessonTypeId,
      startsAt,
      studentId: nord.student.id,
      teacherId: nord.teacher.id,
      ...more,
    })
    .expect(201)
    .then(({ body }) => body);
const diary = (query: string) => nord.owner.get(`/diary?${query}`).expect(200);

describe('the diary', () => {
  it('shows a week with hours, entries, holes and how well they are used', async () => {
    const first = await book('2026-11-23T08:00:00Z');
    // A quarter hour is left between the two: no lesson fits there.
    const second = await book('2026-11-23T09:00:00Z');
    const { body } = await diary('view=week&date=2026-11-25');
    expect(body).toMatchObject({ from: '2026-11-23', until: '2026-11-30', zone: 'Europe/Copenhagen' });
    expect(body.entries.map(({ id }: { id: string }) => id)).toEqual([first.id, second.id]);
    expect(body.entries[0]).toMatchObject({
      kind: 'lesson',
      state: 'booked',
      conflicts: [],
      teacher: { id: nord.teacher.id },
    });
    const [column] = body.columns;
    expect(column.days).toHaveLength(7);
    const [monday] = column.days;
    expect(monday).toMatchObject({ date: '2026-11-23', entries: 2, conflicts: 0, claimedMinutes: 90, usedMinutes: 90 });
    const working = monday.workingMinutes as number;
    expect(monday.utilisation).toBe(Math.round(9_000 / working));
    expect(monday.free).toContainEqual({
      startsAt: '2026-11-23T08:45:00.000Z',
      endsAt: '2026-11-23T09:00:00.000Z',
      minutes: 15,
      fitsLesson: false,
    });
    const free = monday.free.reduce((sum: number, { minutes }: { minutes: number }) => sum + minutes, 0);
    expect(free).toBe(working - 90);
    expect(body.claimedMinutes).toBe(90);
  });

  it('shows vehicles, a day, and a month without naming each lesson of the school', async () => {
    const cars = await diary('view=day&date=2026-11-23&columns=vehicles');
    expect(cars.body.columns).toHaveLength(1);
    expect(cars.body.columns[0]).toMatchObject({ id: nord.vehicleId, claimedMinutes: 90 });
    const month = await diary('view=month&date=2026-11-30');
    expect(month.body).toMatchObject({ from: '2026-11-01', until: '2026-12-01', entries: [], claimedMinutes: 90 });
    expect(month.body.columns[0].days[22]).toMatchObject({ date: '2026-11-23', entries: 2 });
    const own = await diary(`view=month&date=2026-11-30&teacherId=${nord.teacher.id}`);
    expect(own.body.entries).toHaveLength(2);
  });

  it('says what is wrong with a lesson by now', async () => {
    const { body: off } = await nord.owner
      .post(`/teachers/${nord.teacher.id}/time-off`, {
        startsAt: '2026-11-23T08:30:00Z',
        endsAt: '2026-11-23T09:00:00Z',
      })
      .expect(201);
    const { body } = await diary('view=day&date=2026-11-23');
    expect(body.entries.map(({ conflicts }: { conflicts: string[] }) => conflicts)).toEqual([['time_off'], []]);
    expect(body.columns[0].days[0]).toMatchObject({ conflicts: 1 });
    expect(body.columns[0].days[0].timeOff).toHaveLength(1);
    await nord.owner.delete(`/teachers/${nord.teacher.id}/time-off/${off.timeOff.id}`).expect(204);
  });

  it('tells of a lesson at another school nothing but the time', async () => {
    const shared = await nord.addTeacher('both@example.com');
    const there = await syd.addTeacher('both@example.com');
    await syd.owner
      .post('/bookings', {
        lessonTypeId: syd.lessonTypeId,
        startsAt: '2026-11-24T08:00:00Z',
        studentId: syd.student.id,
        teacherId: there.id,
      })
      .expect(201);
    const { body } = await diary(`view=week&date=2026-11-25&teacherId=${shared.id}`);
    expect(body.entries).toEqual([]);
    expect(body.columns[0].days[1].busyElsewhere).toEqual([
      { startsAt: '2026-11-24T08:00:00.000Z', endsAt: '2026-11-24T08:45:00.000Z' },
    ]);
    expect(JSON.stringify(body)).not.toContain(syd.student.id);
  });

  it('is right on the days on which the clocks change', async () => {
    for (const date of ['2027-03-28', '2026-10-25']) {
      const { body } = await diary(`view=day&date=${date}`);
      expect(body).toMatchObject({ from: date });
      const [day] = body.columns[0].days;
      expect(day.working).toEqual([]);
      expect(day.workingMinutes).toBe(0);
    }
  });

  it('takes as many statements for a month as for a day', async () => {
    const day = await statementsOf(() => diary('view=day&date=2026-11-23'));
    const month = await statementsOf(() => diary('view=month&date=2026-11-23'));
    expect(month).toHaveLength(day.length);
  });

  it('knows no teacher or vehicle of another school, and no date that is none', async () => {
    await nord.owner.get(`/diary?teacherId=${syd.teacher.id}`).expect(404);
    await nord.owner.get(`/diary?vehicleId=${newId()}`).expect(404);
    await nord.owner.get(`/diary?locationId=${newId()}`).expect(404);
    const { body } = await nord.owner.get('/diary?date=2026-02-30').expect(400);
    expect(body.errors[0].field).toBe('date');
  });
});

describe('the printed week', () => {
  it('is a PDF that names everybody and fits, a page a teacher, in the reader’s language', async () => {
    const { body } = await nord.owner
      .get('/diary/week.pdf?date=2026-11-23')
      .set('Accept-Language', 'da')
      .buffer(true)
      .parse((answer, done) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200);
    expect(body.subarray(0, 5).toString()).toBe('%PDF-');
    // Two teachers, two pages.
    expect(body.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(2);
  });

  it('is an SVG of one teacher', async () => {
    const { body, headers } = await nord.owner
      .get(`/diary/week.svg?date=2026-11-23&teacherId=${nord.teacher.id}`)
      .set('Accept-Language', 'da')
      .expect(200);
    expect(headers['content-type']).toContain('image/svg+xml');
    const svg = (body as Buffer).toString();

    expect(svg).toContain('Uge 48');
    expect(svg).toContain('09:00–09:45');
    expect(svg).not.toContain('undefined');
  });
});
