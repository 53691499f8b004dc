import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { Verification } from '../../src/platform/verification/verification.js';
import type { Id } from '../../src/platform/values/id.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';

interface Person {
  readonly id: Id;
  readonly caller: Caller;
  readonly email: string;
}

interface Offer {
  readonly id: Id;
  readonly state: string;
  readonly bookingId: Id | null;
  readonly expiresAt: string;
  readonly choices: readonly { readonly startsAt: string }[];
}

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let people = 0;
let week = 0;
/** A Wednesday morning of its own for each test. */
let at: (time: string) => string;

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
beforeEach(async () => {
  test.sandbox.reset();
  test.clock.set('2026-11-20T08:00:00Z');
  week += 1;
  const date = new Date(Date.UTC(2026, 10, 25 + 7 * week)).toISOString().slice(0, 10);
  at = (time) => `${date}T${time}:00.000Z`;
});
// What is due by the test's clock would not be due for long by the next one's.
afterEach(() => test.settle());

async function student(): Promise<Person> {
  const email = `w${(people += 1)}@nord.example`;
  return { ...(await nord.enrol(email, { phone: `+45200000${String(people).padStart(2, '0')}` })), email };
}

const wait = (caller: Caller, wish: object = {}) =>
  caller.post('/waiting-list', {
    lessonTypeId: nord.lessonTypeId,
    fromDate: at('07:00').slice(0, 10),
    untilDate: at('07:00').slice(0, 10),
    ...wish,
  });

const book = (caller: Caller, startsAt: string, more: object = {}) =>
  caller.post('/bookings', { lessonTypeId: nord.lessonTypeId, startsAt, ...more });

const runOffers = () => test.app.get(ScheduleRunner, { strict: false }).runNow('bookings.offers');

async function offersOf({ id }: Person): Promise<Offer[]> {
  return (await nord.owner.get(`/offers?studentId=${id}&sort=createdAt`).expect(200)).body.items;
}

/** The links that have arrived by e-mail. */
function linkOf({ email }: Person): string | undefined {
  const mails = [...test.sandbox.mail.mailbox.values()].filter(({ envelope }) => envelope.to.includes(email));
  const link = mails.map(({ text }) => /http\S+\/offers\/\S+/.exec(text ?? '')?.[0]).find((each) => each);
  return link && new URL(link).pathname;
}

/** A lesson that somebody gives up, with so many waiting for its time. */
async function givenUp(waiting: number, startsAt = at('09:00'), wish: object = {}): Promise<Person[]> {
  const quitter = await student();
  const others: Person[] = [];
  for (let i = 0; i < waiting; i++) {
    others.push(await student());
    await wait(others.at(-1)!.caller, wish).expect(201);
  }
  const { body } = await book(quitter.caller, startsAt).expect(201);
  await test.settle();
  test.sandbox.reset();
  await quitter.caller.post(`/bookings/${body.id}/cancel`, {}).expect(200);
  await test.settle();
  return others;
}

describe('a cancelled lesson', () => {
  it('is offered to those who have waited longest, who are free then and wish for it, and not to its own student', async () => {
    const [quitter, busy, elsewhen, first, second, third, fourth] = [
      await student(),
      await student(),
      await student(),
      await student(),
      await student(),
      await student(),
      await student(),
    ];
    for (const each of [quitter, busy]) await wait(each.caller).expect(201);
    await wait(elsewhen.caller, { earliest: '12:00', latest: '15:00' }).expect(201);
    for (const each of [first, second, third, fourth]) await wait(each.caller).expect(201);
    const teacher = await nord.addTeacher(`other${week}@nord.example`);
    const { body } = await book(quitter.caller, at('09:00'), { teacherId: nord.teacher.id }).expect(201);
    await nord.owner
      .post('/vehicles', { name: 'Polo', plate: `WL 10 00${week}`, licenceClass: 'B', gearbox: 'manual' })
      .expect(201);
    await book(busy.caller, at('09:15'), { teacherId: teacher.id }).expect(201);
    await test.settle();
    test.sandbox.reset();
    await quitter.caller.post(`/bookings/${body.id}/cancel`, {}).expect(200);
    await test.settle();

    for (const none of [quitter, busy, elsewhen, fourth]) expect(await offersOf(none)).toEqual([]);
    for (const asked of [first, second, third]) {
      expect(await offersOf(asked)).toMatchObject([
        { state: 'open', choices: [{ startsAt: at('09:00'), teacherId: nord.teacher.id }], replacesId: null },
      ]);
      expect(linkOf(asked)).toMatch(/^\/offers\/[\w-]{22}$/);
    }
    const texts = test.sandbox.twilio.received().map(({ body: text }) => text);
    expect(texts.filter((text) => text.includes('/offers/'))).toHaveLength(3);
    const stored = await sql<{ token: string; token_hash: string }>`SELECT token, token_hash FROM offers`.execute(
      globalQuery<object>(test.em.fork()),
    );
    const secrets = JSON.stringify(stored.rows);
    for (const asked of [first, second, third]) expect(secrets).not.toContain(linkOf(asked)!.split('/').at(-1));
    await nord.owner.patch(`/teachers/${teacher.id}`, { active: false }).expect(200);
  });

  it('is taken on the page behind the link, which works without scripts and changes nothing by being looked at', async () => {
    const [one, other] = (await givenUp(2)) as [Person, Person];
    const [link, lost] = [linkOf(one)!, linkOf(other)!];
    const page = await test.http.get(link).expect(200);
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.text).toContain('<html lang="da">');
    expect(page.text).toContain('Ja tak, book tiden');
    expect(page.text).not.toContain('<script');
    expect(await offersOf(one)).toMatchObject([{ state: 'open' }]);

    const answer = { answer: 'accept', startsAt: at('09:00') };
    await test.http.post(link).type('form').send(answer).expect(303).expect('location', link);
    const [taken] = await offersOf(one);
    expect(taken).toMatchObject({ state: 'accepted' });
    const { body: lesson } = await one.caller.get(`/bookings/${taken!.bookingId}`).expect(200);
    expect(lesson).toMatchObject({ state: 'booked', startsAt: at('09:00'), price: { amount: 65_000 } });
    expect((await test.http.get(link).expect(200)).text).toContain('Tiden er din');
    // A double click is answered kindly too, and books nothing again.
    expect((await test.http.post(link).type('form').send(answer).expect(409)).text).toContain('Tiden er din');

    const late = await test.http.post(lost).type('form').send(answer).expect(409);
    expect(late.text).toContain('Du står stadig på ventelisten');
    expect(await offersOf(other)).toMatchObject([{ state: 'gone' }]);
    const entries = async (who: Person) => (await who.caller.get('/waiting-list').expect(200)).body.items;
    expect(await entries(one)).toMatchObject([{ state: 'fulfilled', bookingId: taken!.bookingId }]);
    expect(await entries(other)).toMatchObject([{ state: 'active' }]);
    const { rows } = await sql<{ actor_role: string; actor_id: Id }>`
      SELECT actor_role, actor_id FROM audit_entries WHERE action = 'offer.accepted' ORDER BY id DESC LIMIT 1`.execute(
      globalQuery<object>(test.em.fork()),
    );
    expect(rows[0]).toMatchObject({ actor_role: 'student' });
  });

  it('of fifty who accept at once is one’s alone', async () => {
    await nord.owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 10 }).expect(200);
    const asked = await givenUp(10);
    const links = asked.map((each) => linkOf(each)!);
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) =>
        i % 2 === 0
          ? test.http
              .post(links[i % 10]!)
              .type('form')
              .send({ answer: 'accept', startsAt: at('09:00') })
          : offersOf(asked[i % 10]!).then(([offer]) => asked[i % 10]!.caller.post(`/offers/${offer!.id}/accept`, {})),
      ),
    );
    const taken = answers.filter(({ status }) => status === 303 || status === 201);
    expect(taken).toHaveLength(1);
    expect(new Set(answers.filter((each) => !taken.includes(each)).map(({ status }) => status))).toEqual(
      new Set([409]),
    );
    const states = (await Promise.all(asked.map(offersOf))).flat().map(({ state }) => state);
    expect(states.toSorted()).toEqual(['accepted', ...Array.from({ length: 9 }, () => 'gone')]);
    const { body } = await nord.owner
      .get(`/bookings?from=${at('00:00').slice(0, 10)}&limit=200&state=booked`)
      .expect(200);
    expect(body.items.filter(({ startsAt }: { startsAt: string }) => startsAt === at('09:00'))).toHaveLength(1);
    await nord.owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 3 }).expect(200);
  });

  it('goes to the next when the time to answer is over, until nobody is left or it is taken', async () => {
    await nord.owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 1 }).expect(200);
    const [one, two] = (await givenUp(2)) as [Person, Person];
    expect(await offersOf(two)).toEqual([]);
    const [offer] = await offersOf(one);
    test.clock.set(offer!.expiresAt);
    await one.caller.post(`/offers/${offer!.id}/accept`, {}).expect(409, /offer\.closed/);
    await runOffers();
    await test.settle();
    expect(await offersOf(one)).toMatchObject([{ state: 'expired' }]);
    const [next] = await offersOf(two);
    expect(next).toMatchObject({ state: 'open' });
    expect((await test.http.get(linkOf(one)!).expect(200)).text).toContain('Svarfristen er udløbet');

    await two.caller.post(`/offers/${next!.id}/decline`).expect(200);
    await runOffers();
    expect([await offersOf(one), await offersOf(two)].map((each) => each.length)).toEqual([1, 1]);
    const rounds = await sql`SELECT state FROM offer_rounds WHERE starts_at = ${new Date(at('09:00'))}`.execute(
      globalQuery<object>(test.em.fork()),
    );
    expect(rounds.rows).toEqual([{ state: 'ended' }]);
    await nord.owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 3 }).expect(200);
  });

  it('either is taken or has run out, when both happen at once', async () => {
    await nord.owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 10 }).expect(200);
    for (let round = 0; round < 5; round++) {
      const [one] = (await givenUp(1, at(`${String(7 + round).padStart(2, '0')}:00`))) as [Person];
      const [offer] = await offersOf(one);
      await sql`UPDATE offer_rounds SET due_at = ${test.clock.now()} WHERE state = 'open'`.execute(
        globalQuery<object>(test.em.fork()),
      );
      const [answer] = await Promise.all([one.caller.post(`/offers/${offer!.id}/accept`, {}), runOffers()]);
      const [after] = await offersOf(one);
      expect([answer.status, after!.state]).toEqual(answer.status === 201 ? [201, 'accepted'] : [409, 'expired']);
      const { body } = await one.caller.get(`/bookings?from=${at('00:00').slice(0, 10)}`).expect(200);
      expect(body.items).toHaveLength(answer.status === 201 ? 1 : 0);
    }
    await nord.owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 3 }).expect(200);
  });

  it('wakes nobody in the night', async () => {
    test.clock.set('2026-11-20T22:00:00Z');
    const [one] = (await givenUp(1)) as [Person];
    expect(await offersOf(one)).toEqual([]);
    test.clock.set('2026-11-21T05:59:59Z');
    await runOffers();
    expect(await offersOf(one)).toEqual([]);
    test.clock.set('2026-11-21T06:00:00Z');
    await runOffers();
    await test.settle();
    expect(await offersOf(one)).toMatchObject([{ state: 'open', expiresAt: '2026-11-21T12:00:00.000Z' }]);
    expect(linkOf(one)).toBeDefined();
  });

  it('is taken although a hold that ran out has not been swept from it yet', async () => {
    const [one] = (await givenUp(1)) as [Person];
    const holder = await student();
    const held = { studentId: holder.id, teacherId: nord.teacher.id, hold: { minutes: 5 } };
    const { body: hold } = await book(nord.owner, at('09:00'), held).expect(201);
    test.clock.advance({ minutes: 6 });
    const [offer] = await offersOf(one);
    const { body: lesson } = await one.caller.post(`/offers/${offer!.id}/accept`, {}).expect(201);
    expect(lesson).toMatchObject({ state: 'booked', startsAt: at('09:00') });
    expect((await nord.owner.get(`/bookings/${hold.id}`).expect(200)).body.state).toBe('expired');
  });

  it('that is paid first is told to be held until then, and goes on to others when it is not paid', async () => {
    const rules = `/lesson-types/${nord.lessonTypeId}/booking-rules`;
    const none = { noticeMinutes: null, horizonDays: null, maxPerDay: null, maxPerWeek: null };
    const [one, other] = (await givenUp(2)) as [Person, Person];
    await nord.owner.put(rules, { ...none, prepayment: 'full', deposit: null }).expect(200);
    const link = linkOf(one)!;
    await test.http
      .post(link)
      .type('form')
      .send({ answer: 'accept', startsAt: at('09:00') })
      .expect(303);
    const page = (await test.http.get(link).expect(200)).text;
    expect(page).toContain('650,00 kr.');
    expect(page).toMatch(/Tiden er reserveret til dig[^]*senest [^<]*kl\. 09\.30/);
    expect(page).not.toContain('Tiden er din');
    const entryOf = async (who: Person) => (await who.caller.get('/waiting-list').expect(200)).body.items[0];
    expect(await entryOf(one)).toMatchObject({ state: 'fulfilled' });
    expect(await offersOf(other)).toMatchObject([{ state: 'gone' }]);

    test.clock.advance({ minutes: 31 });
    await test.app.get(ScheduleRunner, { strict: false }).runNow('bookings.expire-holds');
    await test.settle();
    expect(await entryOf(one)).toMatchObject({ state: 'active', bookingId: null });
    expect(await offersOf(other)).toMatchObject([
      { state: 'gone' },
      { state: 'open', choices: [{ startsAt: at('09:00') }] },
    ]);
    expect(await offersOf(one)).toHaveLength(1);
    expect((await test.http.get(link).expect(200)).text).toContain('Tiden blev ikke betalt');
    await nord.owner.put(rules, { ...none, prepayment: 'none', deposit: null }).expect(200);
  });

  it('is not offered where the school does that by hand', async () => {
    await nord.owner.put('/waiting-list-settings', { automatic: false, offersAtOnce: 3 }).expect(200);
    const [one] = (await givenUp(1)) as [Person];
    expect(await offersOf(one)).toEqual([]);
    await nord.owner.put('/waiting-list-settings', { automatic: true, offersAtOnce: 3 }).expect(200);
  });
});

describe('a moved lesson', () => {
  it('leaves its old time to those who wait', async () => {
    const [mover, one] = [await student(), await student()];
    await wait(one.caller, { latest: '11:00' }).expect(201);
    const { body } = await book(mover.caller, at('09:00')).expect(201);
    await mover.caller.post(`/bookings/${body.id}/reschedule`, { startsAt: at('12:00') }).expect(200);
    await test.settle();
    expect(await offersOf(one)).toMatchObject([{ state: 'open', choices: [{ startsAt: at('09:00') }] }]);
    expect(await offersOf(mover)).toEqual([]);
  });
});

describe('the waiting list', () => {
  it('refuses what makes no sense, naming the field', async () => {
    const { caller } = await student();
    const refused = async (wish: object, code: string, field: string) =>
      expect((await wait(caller, wish).expect(422)).body).toMatchObject({ code, errors: [{ field }] });
    await refused({ untilDate: '2026-11-01', fromDate: '2026-10-01' }, 'waiting_list.dates_invalid', 'untilDate');
    await refused({ fromDate: '2026-12-10', untilDate: '2026-12-09' }, 'waiting_list.dates_invalid', 'untilDate');
    await refused({ untilDate: '2028-01-01' }, 'waiting_list.dates_invalid', 'untilDate');
    await refused({ earliest: '10:00', latest: '10:30' }, 'waiting_list.times_invalid', 'latest');
    await refused({ teacherId: syd.teacher.id }, 'booking.unknown_reference', 'teacherId');
    await wait(caller, { lessonTypeId: syd.lessonTypeId }).expect(404);
    await wait(caller, { studentId: nord.student.id }).expect(404);
    await wait(nord.owner).expect(422, /booking\.student_required/);
    expect((await caller.get('/waiting-list').expect(200)).body.items).toEqual([]);
  });

  it('is left with the offers that came of it, and shows nobody another’s place', async () => {
    const [one, other] = (await givenUp(2)) as [Person, Person];
    const [entry] = (await one.caller.get('/waiting-list').expect(200)).body.items;
    const [offer] = await offersOf(one);
    await other.caller.get(`/waiting-list/${entry.id}`).expect(404);
    await other.caller.post(`/waiting-list/${entry.id}/withdraw`).expect(404);
    await other.caller.post(`/offers/${offer!.id}/accept`, {}).expect(404);
    await syd.owner.get(`/offers/${offer!.id}`).expect(404);
    await syd.owner.get(`/waiting-list/${entry.id}`).expect(404);
    await one.caller.post(`/waiting-list/${entry.id}/withdraw`).expect(200);
    await one.caller.post(`/waiting-list/${entry.id}/withdraw`).expect(409, /waiting_list\.entry_closed/);
    expect(await offersOf(one)).toMatchObject([{ state: 'withdrawn' }]);
    await one.caller.post(`/offers/${offer!.id}/accept`, {}).expect(409, /offer\.closed/);
  });

  it('has a page for links that are none of ours', async () => {
    const { text } = await test.http.get('/offers/AAAAAAAAAAAAAAAAAAAAAA').set('accept-language', 'da').expect(404);
    expect(text).toContain('Linket virker ikke');
    await test.http.post('/offers/AAAAAAAAAAAAAAAAAAAAAA').type('form').send({ answer: 'accept' }).expect(404);
  });
});
