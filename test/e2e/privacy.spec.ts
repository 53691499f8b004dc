import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { unzipSync } from 'fflate';
import { Redis } from 'ioredis';
import { sql } from 'kysely';
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Relay } from '../../src/platform/outbox/relay.js';
import { PersonalData } from '../../src/platform/privacy/personal-data.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { redisUrl } from '../support/database-server.js';
import { raw } from '../support/raw-answer.js';
import { type Caller, callerOf } from '../support/test-school.js';
import { until } from '../support/until.js';
import { krone, Till } from './till.js';

// Long ago, so that the real clock, which the database goes by, is past what the law keeps.
const then = '2019-03-04T09:00:00Z';
const pdf = (text: string) => Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);

let till: Till;
/** Signed in at the time it is. */
let owner: Caller;

beforeAll(async () => {
  till = await Till.open();
  await goTo(then);
  const workingHours = [1, 2, 3, 4, 5].map((weekday) => ({ weekday, starts: '08:00', ends: '16:00' }));
  await owner.put(`/teachers/${till.nord.teacher.id}/working-hours`, { workingHours }).expect(200);
  await goTo(null);
});
afterEach(async () => {
  await till.tidy();
  await goTo(null);
});
afterAll(() => till?.close());

/** To a time at which the owner signs in anew; null is now. */
async function goTo(time: string | null): Promise<void> {
  // What is due by one time would not be due for long by another.
  await till.test.settle();
  if (time) till.test.clock.set(time);
  else till.test.clock.follow();
  owner = await callerOf(till.test, till.nord.owner.userId, `/v1/schools/${till.nord.id}`);
}

const db = () => globalQuery<object>(till.test.em.fork());
const runSchedule = (name: string) => till.test.app.get(ScheduleRunner, { strict: false }).runNow(name);

interface Planted {
  readonly id: Id;
  readonly caller: Caller;
  readonly userId: Id;
  /** In every field that takes a text about him. */
  readonly mark: string;
}

/** A student with a mark in every field about him, and everything that a student may have. */
async function plant(): Promise<Planted> {
  const { nord, test } = till;
  const mark = `m${randomUUID().replaceAll('-', '')}`;
  const { id, caller } = await nord.enrol(`${mark}@nord.example`, {
    name: `Navn ${mark}`,
    birthDate: '2002-05-06',
    addressLine: `Vej ${mark}`,
    city: `By ${mark}`.slice(0, 80),
  });
  const [row] = (await sql<{ user_id: Id }>`SELECT user_id FROM students WHERE id = ${bin(id)}`.execute(db())).rows;
  const planted = { id, caller, userId: row!.user_id, mark };
  await owner.post(`/students/${id}/documents?kind=contract`).attach('file', pdf(mark), `${mark}.pdf`).expect(201);
  const booking = { lessonTypeId: nord.lessonTypeId, studentId: id, startsAt: '2019-03-06T12:00:00Z' };
  const booked = (await owner.post('/bookings', booking).set('Idempotency-Key', mark).expect(201)).body;
  await caller.post(`/bookings/${booked.id}/cancel`, { reason: `Syg ${mark}` }).expect(200);
  const late = { lessonTypeId: nord.lessonTypeId, studentId: id, startsAt: '2019-03-04T12:00:00Z' };
  const { body: missed } = await owner.post('/bookings', late).expect(201);
  const waiver = { reason: `Indlagt ${mark}` };
  await owner.post(`/bookings/${missed.id}/cancel`, { forStudent: true, waiver }).expect(200);
  const held = { ...booking, startsAt: '2019-03-08T12:00:00Z', hold: { minutes: 60 } };
  const { body: hold } = await owner.post('/bookings', held).expect(201);
  await owner.post(`/bookings/${hold.id}/release`, { reason: `Vil ikke ${mark}` }).expect(200);
  const exam = { studentId: id, kind: 'theory', startsAt: '2019-03-13T12:00:00Z', minutes: 60, place: 'Herlev' };
  const { body: planned } = await owner.post('/exams', exam).expect(201);
  await owner.patch(`/exams/${planned.id}`, { note: `Nervøs ${mark}` }).expect(200);
  await owner.post(`/exams/${planned.id}/cancel`, { reason: `Syg ${mark}` }).expect(200);
  const billing = { payerName: `Far til ${mark}`, addressLine: `Vej ${mark}`, reference: `Elev ${mark}` };
  const unsaid = { postcode: null, city: null, cvr: null, ean: null };
  await owner.put(`/students/${id}/billing-details`, { ...billing, ...unsaid }).expect(200);
  const lines = [{ description: `Bog til ${mark}`, quantity: 1, unitGross: krone(1), vatRateBp: 2500 }];
  await owner.post('/invoice-drafts', { studentId: id, lines, reference: `Elev ${mark}` }).expect(201);
  await sql`INSERT INTO webhook_events (id, provider, event_key, kind, state, body, received_at)
    VALUES (${bin(newId())}, 'stripe', ${randomUUID()}, 'x', 'processed', ${`{"email":"${mark}@nord.example"}`}, ${new Date(then)})`.execute(
    db(),
  );
  await sql`INSERT INTO undeliverable_addresses (channel, address, cause, told_at)
    VALUES ('email', ${`${mark}@nord.example`}, 'hard_bounce', ${new Date(then)})`.execute(db());
  await sql`UPDATE sessions SET user_agent = ${`Browser ${mark}`} WHERE user_id = ${bin(planted.userId)}`.execute(db());
  await test.settle();
  return planted;
}

/** An invoice and the credit note that settles it: two vouchers, and nothing is owed. */
async function invoice({ id, mark }: Planted): Promise<void> {
  const charge = { studentId: id, description: 'Teoribog', gross: krone(100), vatRateBp: 2500 };
  await owner.post('/charges', charge).expect(201);
  const { body } = await owner.post('/invoices', { studentId: id }).expect(201);
  await owner.post(`/invoices/${body.id}/credit-notes`, { reason: `Fejl for ${mark}` }).expect(201);
}

/** Where in the database, the store and Redis the text is. */
async function findings(text: string): Promise<string[]> {
  const { rows: columns } = await sql<{ name: string; column: string }>`
    SELECT table_name AS name, column_name AS \`column\` FROM information_schema.columns
    WHERE table_schema = DATABASE() AND data_type IN
      ('char','varchar','text','mediumtext','longtext','json','blob','binary','varbinary')`.execute(db());
  const found: string[] = [];
  for (const { name, column } of columns) {
    const cell = sql`CAST(${sql.ref(column)} AS CHAR CHARACTER SET utf8mb4)`;
    const { rows } = await sql`SELECT 1 FROM ${sql.table(name)} WHERE ${cell} LIKE ${`%${text}%`} LIMIT 1`.execute(
      db(),
    );
    if (rows.length > 0) found.push(`${name}.${column}`);
  }
  for (const entry of await readdir(till.test.filesFolder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && (await readFile(path.join(entry.parentPath, entry.name))).includes(text)) found.push('files');
  }
  return [...found, ...(await findingsInRedis(text))].sort();
}

async function findingsInRedis(text: string): Promise<string[]> {
  const redis = new Redis(redisUrl);
  const found: string[] = [];
  for (const key of await redis.keys(`${till.test.redisPrefix}*`)) {
    const held = await redis.dump(key);
    if (key.includes(text) || held?.includes(text)) found.push(`redis ${key}`);
  }
  redis.disconnect();
  return found;
}

async function unzipped(caller: Caller, anExport: string) {
  const { url } = (await caller.post(`${anExport}/link`).expect(201)).body;
  return unzipSync((await raw(till.test.http.get(new URL(url).pathname)).expect(200)).body as Uint8Array);
}

const erase = ({ id }: { id: Id }) => owner.post(`/students/${id}/erasure`, { reason: 'student_asked' });
const partsOf = async ({ id }: Planted) => {
  const { parts } = (await owner.get(`/students/${id}/erasure`).expect(200)).body;
  return Object.fromEntries(
    parts.map(({ part, state, keptUntil }: Record<string, string>) => [part, keptUntil ?? state]),
  ) as Record<string, string>;
};

describe('an export', () => {
  it('has all that is kept about a student, documents included, for a week', async () => {
    await goTo(then);
    const one = await plant();
    await invoice(one);
    const exports = `/students/${one.id}/data-exports`;
    const { body } = await one.caller.post(exports).expect(202);
    await till.test.settle();
    expect((await one.caller.get(`${exports}/${body.id}`).expect(200)).body.state).toBe('ready');
    const zip = await unzipped(one.caller, `${exports}/${body.id}`);
    const data = JSON.parse(String(Buffer.from(zip['data.json']!)));

    expect(data.student).toMatchObject({ name: `Navn ${one.mark}`, addressLine: `Vej ${one.mark}` });
    expect(data.account).toMatchObject({ email: `${one.mark}@nord.example` });
    expect(data.account.sessions).toContainEqual(expect.objectContaining({ device: `Browser ${one.mark}` }));
    expect(data.lessons).toMatchObject([
      { state: 'cancelled', waiveReason: `Indlagt ${one.mark}` },
      { state: 'cancelled', cancelReason: `Syg ${one.mark}` },
      { state: 'cancelled', cancelReason: `Vil ikke ${one.mark}` },
    ]);
    expect(data.billing).toMatchObject({
      details: { payerName: `Far til ${one.mark}` },
      draftLines: [`Bog til ${one.mark}`],
    });
    const buyer = { name: `Far til ${one.mark}`, student: `Navn ${one.mark}` };
    expect(data.money.invoices).toMatchObject([
      { grossMinor: 10_000, buyer },
      { grossMinor: -10_000, buyer },
    ]);
    expect(data.messages.length).toBeGreaterThan(0);
    expect(data.auditLog.doneByYou.map(({ action }: { action: string }) => action)).toContain('booking.cancelled');
    const [document] = data.documents;
    expect(document).toMatchObject({ name: `${one.mark}.pdf`, kind: 'contract' });
    expect(Buffer.from(zip[`documents/${document.file}`]!).equals(pdf(one.mark))).toBe(true);

    await goTo('2019-03-11T09:00:00Z');
    await runSchedule('students.forget-data-exports');
    await till.test.settle();
    await owner.get(`${exports}/${body.id}`).expect(404);
    expect((await findings('PK\u0003\u0004')).includes('files')).toBe(false);
  });

  it('is the student’s own and the office’s business', async () => {
    const [one, other] = [await till.newStudent(), await till.newStudent()];
    const exports = `/students/${one.id}/data-exports`;
    const { body } = await owner.post(exports).expect(202);
    for (const stranger of [other.caller, till.syd.owner]) {
      await stranger.post(exports).expect(404);
      await stranger.get(`${exports}/${body.id}`).expect(404);
      await stranger.post(`${exports}/${body.id}/link`).expect(404);
    }
    await till.nord.teacher.caller.post(exports).expect(403);
    await owner.get(`/students/${other.id}/data-exports/${body.id}`).expect(404);
  });
});

describe('an export of somebody who belongs to another school too', () => {
  it('says nothing of his account: whoever enrols an address shall not learn from where he signs in', async () => {
    const email = `bystander-${randomUUID()}@example.dk`;
    await till.syd.enrol(email);
    const { id } = await till.nord.enrol(email);
    const exports = `/students/${id}/data-exports`;
    const { body } = await owner.post(exports).expect(202);
    await till.test.settle();
    const zip = await unzipped(owner, `${exports}/${body.id}`);
    const { account, student } = JSON.parse(String(Buffer.from(zip['data.json']!)));
    expect(student).toMatchObject({ email });
    expect(account).toBeNull();
  });
});

describe('exports that are ordered again and again', () => {
  it('are one, which takes the place of the one before', async () => {
    const { id } = await till.newStudent();
    const exports = `/students/${id}/data-exports`;
    const order = async () => (await owner.post(exports).expect(202)).body.id as Id;
    const ordered = new Set(await Promise.all([order(), order(), order()]));
    await till.test.settle();
    const [first] = [...ordered];
    const next = await order();
    expect(next).not.toBe(first);
    await till.test.settle();
    await owner.get(`${exports}/${first}`).expect(404);
    const { rows } = await sql`SELECT id FROM student_data_exports WHERE student_id = ${bin(id)}`.execute(db());
    expect(rows).toHaveLength(1);
    const key = randomUUID();
    const link = () => owner.post(`${exports}/${next}/link`).set('Idempotency-Key', key).expect(201);
    await link();
    expect((await link()).headers).not.toHaveProperty('idempotent-replayed');
  });
});

describe('an erasure', () => {
  it('leaves what the law keeps and nothing else, and after its time nothing', async () => {
    await goTo(then);
    const one = await plant();
    await invoice(one);
    expect((await findings(one.mark)).length).toBeGreaterThan(8);

    await erase(one).expect(202);
    await till.test.settle();
    expect(await findings(one.mark)).toEqual(['invoices.buyer', 'invoices.reason']);
    expect(await partsOf(one)).toMatchObject({
      account: 'done',
      documents: 'done',
      lessons: 'done',
      money: '2025-01-01',
    });
    const { body } = await owner.get(`/students/${one.id}`).expect(200);
    expect(body).toMatchObject({ name: '—', phone: null, birthDate: null, addressLine: null, status: 'left' });
    await one.caller.get('/students/me').expect(401);
    await owner.patch(`/students/${one.id}`, { city: 'Odense' }).expect(409);

    await goTo('2024-12-31T22:00:00Z');
    await runSchedule('students.erase-what-was-kept');
    expect(await findings(one.mark)).toEqual(['invoices.buyer', 'invoices.reason']);
    await goTo('2025-01-01T05:00:00Z');
    await runSchedule('students.erase-what-was-kept');
    expect(await findings(one.mark)).toEqual([]);
  });

  it('keeps whose the lessons were for two years, sealed', async () => {
    await goTo(then);
    const one = await plant();
    const lesson = { lessonTypeId: till.nord.lessonTypeId, studentId: one.id, startsAt: '2019-03-07T12:00:00Z' };
    const { body } = await owner.post('/bookings', lesson).expect(201);
    await goTo('2019-03-08T09:00:00Z');
    await owner.post(`/bookings/${body.id}/complete`).expect(200);
    const invoiced = (await owner.post('/invoices', { studentId: one.id }).expect(201)).body;
    await owner.post(`/invoices/${invoiced.id}/credit-notes`, {}).expect(201);

    await erase(one).expect(202);
    await till.test.settle();
    expect(await findings(one.mark)).toEqual(['invoices.buyer']);
    const erasure = (await owner.get(`/students/${one.id}/erasure`).expect(200)).body;
    expect(erasure.identity).toEqual({ name: `Navn ${one.mark}`, birthDate: '2002-05-06' });
    expect(await partsOf(one)).toMatchObject({ lessons: '2021-03-07', money: '2025-01-01' });

    await goTo('2021-03-07T05:00:00Z');
    await runSchedule('students.erase-what-was-kept');
    expect((await owner.get(`/students/${one.id}/erasure`).expect(200)).body.identity).toBeNull();
    expect(await partsOf(one)).toMatchObject({ lessons: 'done', money: '2025-01-01' });
  });

  it('waits for booked lessons and open money, and says for which', async () => {
    const { id, caller } = await till.newStudent();
    await till.charge(id);
    const startsAt = new Date(Date.now() + 5 * 86_400_000).toISOString().replace(/T.*/, 'T12:00:00Z');
    await till.nord.owner
      .post('/bookings', { lessonTypeId: till.nord.lessonTypeId, studentId: id, startsAt })
      .expect(201);
    const erasure = `/students/${id}/erasure`;
    const { body } = await owner.post(erasure, { reason: 'student_asked' }).expect(409);
    expect(body).toMatchObject({ code: 'erasure.refused', objections: ['payment_open', 'lessons_booked'] });
    await owner.post('/invoices', { studentId: id }).expect(201);
    const again = (await owner.post(erasure, { reason: 'student_asked' }).expect(409)).body;
    expect(again.objections).toContain('money_owed');
    await caller.get('/students/me').expect(200);
    await owner.get(erasure).expect(404);
  });

  it('is the owner’s to ask for', async () => {
    const { id, caller } = await till.newStudent();
    const body = { reason: 'not_needed' };
    for (const other of [till.nord.teacher.caller, caller])
      await other.post(`/students/${id}/erasure`, body).expect(403);
    await till.syd.owner.post(`/students/${id}/erasure`, body).expect(404);
  });

  it('goes on where it was killed, and once when asked for twice at once', async () => {
    const one = await till.newStudent();
    const data = till.test.app.get(PersonalData, { strict: false });
    const erasers = data.erasers.bind(data);
    const runs: string[] = [];
    let isBroken = true;
    data.erasers = () =>
      new Map(
        [...erasers()].map(([part, run]) => [
          part,
          async (...args: Parameters<typeof run>) => {
            if (part === 'lessons' && isBroken) throw new Error('killed');
            runs.push(part);
            return run(...args);
          },
        ]),
      );
    const erasure = `/students/${one.id}/erasure`;
    const ask = () => owner.post(erasure, { reason: 'student_asked' });
    const answers = await Promise.all([ask(), ask()]);
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    await until(async () => runs.includes('importedRows') || runs.includes('guardians'));
    await till.test.settle();
    expect((await owner.get(erasure)).body.erasedAt).toBeNull();
    isBroken = false;
    await goTo(new Date(Date.now() + 2 * 3_600_000).toISOString());
    await until(async () => {
      till.test.app.get(Relay).wake();
      return (await owner.get(erasure)).body.erasedAt !== null;
    });
    expect(runs.toSorted()).toEqual([...new Set(runs)].toSorted());
    data.erasers = erasers;
  });

  it('leaves alone what a provider said and nobody has acted on: the address may be another’s, too', async () => {
    const email = `payer-${randomUUID()}@example.dk`;
    const news = newId();
    await sql`INSERT INTO webhook_events (id, provider, event_key, kind, state, body, received_at)
      VALUES (${bin(news)}, 'stripe', ${randomUUID()}, 'x', 'received', ${JSON.stringify({ email })}, ${new Date()})`.execute(
      db(),
    );
    await erase({ id: (await till.nord.enrol(email)).id }).expect(202);
    await till.test.settle();
    const { rows } = await sql`SELECT state, body FROM webhook_events WHERE id = ${bin(news)}`.execute(db());
    expect(rows).toEqual([{ state: 'received', body: JSON.stringify({ email }) }]);
  });

  it('lets somebody who is needed elsewhere keep his account', async () => {
    const email = `twoschools-${randomUUID()}@example.dk`;
    const here = await till.nord.enrol(email);
    const there = await till.syd.enrol(email);
    await owner.post(`/students/${here.id}/erasure`, { reason: 'student_asked' }).expect(202);
    await till.test.settle();
    expect((await till.syd.owner.get(`/students/${there.id}`)).body).toMatchObject({ name: 'Freja Lund', email });
    const { rows } = await sql`SELECT 1 FROM users WHERE email = ${email}`.execute(db());
    expect(rows).toHaveLength(1);
    await here.caller.get('/students/me').expect(404);
    await there.caller.get('/students/me').expect(200);
  });
});

describe('a voucher', () => {
  it('cannot forget its buyer before the law lets it, nor anything else ever', async () => {
    await goTo(then);
    const old = await plant();
    await invoice(old);
    await goTo(null);
    const { invoiceId: young } = await till.invoiced();
    const nobody = JSON.stringify({ name: '—', addressLine: null, postcode: null, city: null });
    const set = (id: Id, change: ReturnType<typeof sql>) =>
      sql`UPDATE invoices SET ${change} WHERE id = ${bin(id)}`.execute(db());
    await expect(set(young, sql`buyer = ${nobody}`)).rejects.toThrow('never changed');
    await expect(
      sql`UPDATE invoice_lines SET description = '—' WHERE invoice_id = ${bin(young)}`.execute(db()),
    ).rejects.toThrow('append-only');
    const [{ id }] = (await sql<{ id: Id }>`SELECT id FROM invoices WHERE student_id = ${bin(old.id)}`.execute(db()))
      .rows as [{ id: Id }];
    await expect(set(id, sql`buyer = ${JSON.stringify({ name: 'A' })}`)).rejects.toThrow('never changed');
    await expect(set(id, sql`gross_minor = gross_minor + 1`)).rejects.toThrow('never changed');
    await set(id, sql`buyer = ${nobody}`);
  });
});
