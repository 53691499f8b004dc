import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { globalQuery } from '../../src/platform/database/query.js';
import type { DeliveryState } from '../../src/platform/outbox/outbox.entities.js';
import { newId } from '../../src/platform/values/id.js';
import { type Caller, platformAdmin } from '../support/test-school.js';
import { until } from '../support/until.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;
let admin: Caller;
const db = () => globalQuery<object>(till.test.em.fork());

beforeAll(async () => {
  till = await Till.open();
  admin = await platformAdmin(till.test);
  await till.test.settle();
});
afterAll(() => till?.close());
beforeEach(() => sql`UPDATE outbox_deliveries SET state = 'done'`.execute(db()));

const list = async (query = '') =>
  (await admin.get(`/v1/ops/deliveries${query}`).expect(200)).body as {
    items: { eventId: string; handler: string; failures: number; lastError: string | null }[];
    nextCursor: string | null;
  };

async function bury(number: number, state: DeliveryState = 'dead'): Promise<void> {
  await sql`
    UPDATE outbox_deliveries SET state = ${state}, failures = 8, last_error = 'ProviderTimeout: twilio: send',
      due_at = '2020-01-01' ORDER BY event_id, handler LIMIT ${number}`.execute(db());
}

async function audited(action: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    SELECT COUNT(*) AS n FROM audit_entries WHERE action = ${action} AND actor_role = 'platform_admin'`.execute(db());
  return rows[0]!.n;
}

describe('dead letters', () => {
  it('are listed page by page, each once, with what they failed with and without their content', async () => {
    await bury(5);
    const first = await list('?limit=2');
    const second = await list(`?limit=2&cursor=${first.nextCursor}`);
    const third = await list(`?limit=2&cursor=${second.nextCursor}`);
    const all = [...first.items, ...second.items, ...third.items];
    expect(new Set(all.map(({ eventId, handler }) => eventId + handler)).size).toBe(5);
    expect(third.nextCursor).toBeNull();
    expect(all[0]).toMatchObject({ failures: 8, lastError: 'ProviderTimeout: twilio: send' });
    expect((await list(`?handler=${all[0]!.handler}`)).items.map(({ handler }) => handler)).toContain(all[0]!.handler);
    expect((await list('?handler=nobody')).items).toEqual([]);
  });

  it('are tried again, once, and that is written down', async () => {
    await bury(1);
    const { eventId, handler } = (await list()).items[0]!;
    const before = await audited('delivery.retried');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => admin.post('/v1/ops/deliveries/retry', { eventId, handler })),
    );
    expect(statusesOf(answers)).toEqual([204, 404, 404, 404, 404]);
    expect(await audited('delivery.retried')).toBe(before + 1);
    await till.test.settle();
    expect((await list()).items).toEqual([]);
    expect((await list('?state=open')).items).toEqual([]);
  });

  it('are tried again all at once', async () => {
    await bury(4);
    const { body } = await admin.post('/v1/ops/deliveries/retry-all', {}).expect(200);
    expect(body).toEqual({ retried: 4 });
    await till.test.settle();
    expect((await list()).items).toEqual([]);
  });

  it('are discarded without their effect', async () => {
    await bury(1);
    const { eventId, handler } = (await list()).items[0]!;
    await admin.post('/v1/ops/deliveries/discard', { eventId, handler }).expect(204);
    await admin.post('/v1/ops/deliveries/discard', { eventId, handler }).expect(404);
    expect(await audited('delivery.discarded')).toBe(1);
  });
});

describe('a schedule', () => {
  it('runs now, when it is asked to and does not run already', async () => {
    const name = 'bookings.purge-claims';
    const read = async () => {
      const { body } = await admin.get('/v1/ops/schedules').expect(200);
      return (body.items as { name: string; lastFinishedAt: string | null }[]).find((each) => each.name === name);
    };
    expect(await read()).toMatchObject({ lastFinishedAt: null, isOverdue: false });
    await sql`UPDATE schedules SET last_started_at = ${till.test.clock.now()} WHERE name = ${name}`.execute(db());
    const { body } = await admin.post('/v1/ops/schedules/run', { name }).expect(409);
    expect(body.code).toBe('schedule.running');
    await sql`UPDATE schedules SET last_started_at = NULL WHERE name = ${name}`.execute(db());
    await admin.post('/v1/ops/schedules/run', { name }).expect(202);
    await until(async () => (await read())?.lastFinishedAt !== null);
    await admin.post('/v1/ops/schedules/run', { name: 'nobody.knows' }).expect(404);
  });

  it('that a killed worker left running may be run again', async () => {
    const name = 'webhooks.purge';
    const longAgo = new Date(till.test.clock.now().getTime() - 3_600_000);
    await sql`UPDATE schedules SET last_started_at = ${longAgo}, last_finished_at = NULL WHERE name = ${name}`.execute(
      db(),
    );
    await admin.post('/v1/ops/schedules/run', { name }).expect(202);
  });
});

describe('a webhook', () => {
  it('is acted on once more without a second effect', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    const { url } = await till.checkout(student, invoiceId);
    await till.pay(url);
    await till.test.settle();
    const { body } = await admin.get('/v1/ops/webhooks?state=processed&limit=1').expect(200);
    expect(JSON.stringify(body)).not.toContain('body');
    const [{ id }] = body.items as [{ id: string }];
    await admin.post(`/v1/ops/webhooks/${id}/replay`).expect(202);
    expect(await audited('webhook.replayed')).toBe(1);
    await till.test.settle();
    const { body: after } = await admin.get('/v1/ops/webhooks?state=received').expect(200);
    expect(after.items).toEqual([]);
    expect(await till.balance(studentId)).toBe(0);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    await admin.post(`/v1/ops/webhooks/${newId()}/replay`).expect(404);
  });

  it('is listed page by page', async () => {
    const { body: first } = await admin.get('/v1/ops/webhooks?limit=1').expect(200);
    const { body: second } = await admin.get(`/v1/ops/webhooks?limit=1&cursor=${first.nextCursor}`).expect(200);
    expect(second.items[0]?.id).not.toBe(first.items[0].id);
  });
});

it('an overview says what needs a hand', async () => {
  await bury(2);
  const { body } = await admin.get('/v1/ops/overview').expect(200);
  expect(body).toMatchObject({ status: 'ok', deadLetters: 2, waitingDeliveries: 0, unprocessedWebhooks: 0 });
});

describe('the pages', () => {
  let cookie: string;
  const get = (path: string, language = 'en') =>
    till.test.http.get(path).set('cookie', cookie).set('accept-language', language);
  const post = (path: string, form: object, origin = till.test.url) =>
    till.test.http.post(path).set('cookie', cookie).set('origin', origin).type('form').send(form);

  beforeAll(async () => {
    const login = { email: 'admin@platform.example', password: 'kun til prøver 2026' };
    const { headers } = await till.test.http.post('/ops/login').set('origin', till.test.url).type('form').send(login);
    cookie = String(headers['set-cookie']).split(';')[0]!;
  });

  it.each(['/ops', '/ops/deliveries', '/ops/schedules', '/ops/webhooks'])(
    '%s is for operators who are signed in',
    async (path) => {
      await till.test.http
        .get(path)
        .expect(303)
        .expect('location', `/ops/login?next=${encodeURIComponent(path)}`);
      const { text, headers } = await get(path).expect(200);
      expect(headers['content-type']).toContain('text/html');
      expect(text).toContain('<nav');
      expect(text).not.toContain('undefined');
    },
  );

  it('speak Danish to whoever reads it', async () => {
    expect((await get('/ops', 'da').expect(200)).text).toContain('Overblik');
  });

  it('try a dead letter again by a button', async () => {
    await bury(1);
    const { text } = await get('/ops/deliveries').expect(200);
    const value = (name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(text)?.[1];
    const letter = { eventId: value('eventId'), handler: value('handler') };
    await post('/ops/deliveries/retry', letter, 'https://elsewhere.example').expect(403);
    expect((await list()).items).toHaveLength(1);
    await post('/ops/deliveries/retry', letter).expect(303).expect('location', '/ops/deliveries?done=retried');
    expect((await get('/ops/deliveries?done=retried').expect(200)).text).toContain('It is tried again.');
    const { text: gone } = await post('/ops/deliveries/retry', letter).expect(404);
    expect(gone).toContain('There is no such dead letter');
  });

  it('never show what a delivery or a handler could smuggle in', async () => {
    await bury(1);
    await sql`UPDATE outbox_deliveries SET last_error = '<script>alert(1)</script>' WHERE state = 'dead'`.execute(db());
    for (const path of ['/ops/deliveries', '/ops/deliveries?handler=%22%3E%3Cscript%3E']) {
      expect((await get(path).expect(200)).text).not.toContain('<script>');
    }
  });

  it('let an operator out: the cookie he had is no good any more', async () => {
    expect((await get('/ops').expect(200)).text).toContain('action="/ops/logout"');
    await post('/ops/logout', {}, 'https://elsewhere.example').expect(403);
    await get('/ops').expect(200);
    const { headers } = await post('/ops/logout', {}).expect(303).expect('location', '/ops/login');
    expect(String(headers['set-cookie'])).toMatch(/^jd_ops=;.*Path=\/ops/);
    await get('/ops').expect(303);
    await post('/ops/logout', {})
      .expect(303)
      .expect('location', /^\/ops\/login/);
  });
});
