import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { type Connection, createConnection } from 'mysql2/promise';
import supertest from 'supertest';
import Stripe from 'stripe';
import { SmsSender } from '../../src/modules/notifications/index.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { ScheduleRunner } from '../../src/platform/schedules/schedule-runner.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { type Collector, startCollector } from '../support/collector.js';
import { renameTable } from '../support/rename-table.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

/** Everything that must never be seen outside of the database and the answer it belongs to. */
const planted: string[] = [];

/** A word that is found however it is quoted, encoded or cut to length. */
function plant(what: string): string {
  const word = `zq${what}${planted.length}`;
  planted.push(word);
  return word;
}

function plantNumber(): string {
  const digits = `2077${String(planted.length).padStart(4, '3')}`;
  planted.push(digits);
  return digits;
}

const config = {
  JWT_SECRET: `${plant('jwt')}-long-enough-to-sign-tokens`,
  ENCRYPTION_KEY: `${plant('encryption')}-long-enough-to-seal-things`,
  METRICS_TOKEN: `${plant('metrics')}-for-prometheus`,
  STRIPE_SECRET_KEY: `sk_test_${plant('stripe')}`,
  STRIPE_WEBHOOK_SECRET: `whsec_${plant('webhooks')}`,
  TWILIO_AUTH_TOKEN: plant('twilio'),
  MAIL_USERNAME: plant('mailuser'),
  MAIL_PASSWORD: plant('mailpassword'),
};

const lines: string[] = [];
let test: TestApp;
let school: TestSchool;
let direct: Connection;
let collector: Collector;
let http: ReturnType<typeof supertest>;

beforeAll(async () => {
  collector = await startCollector();
  test = await startTestApp({
    env: { ...config, OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, LOG_LEVEL: 'trace', METRICS_FRESH_SECONDS: '0' },
    reportsErrors: true,
    log: (line) => void lines.push(line),
    credentials: {
      stripe: { secretKey: config.STRIPE_SECRET_KEY, webhookSecret: config.STRIPE_WEBHOOK_SECRET },
      mailLogin: { username: config.MAIL_USERNAME, password: config.MAIL_PASSWORD },
    },
  });
  school = await openTestSchool(test, 'nord');
  direct = await createConnection(test.databaseUrl);
  // Some of these requests break what the document promises on purpose.
  http = supertest(test.url);
});

afterEach(async () => {
  test.sandbox.faults.clear();
  test.clock.follow();
  const { text: metrics } = await http
    .get('/metrics')
    .set('authorization', `Bearer ${config.METRICS_TOKEN}`)
    .expect(200);
  const [kept] = await direct.query(
    'SELECT last_error FROM outbox_deliveries UNION ALL SELECT last_error FROM schedules',
  );
  const seen = [
    ...lines,
    ...metrics.split('\n'),
    JSON.stringify(kept),
    ...collector.bodies,
    ...test.sandbox.errors.envelopes,
  ];
  expect(planted.flatMap((word) => seen.filter((line) => line.includes(word)))).toEqual([]);
});
afterAll(async () => {
  await direct.end();
  // Sends what is left, so the spans are looked through once more.
  await test.close();
  await collector.close();
  expect(collector.spans.length).toBeGreaterThan(100);
  expect(planted.filter((word) => collector.bodies.some((body) => body.includes(word)))).toEqual([]);
});

/** So that no case passes because nothing was logged at all. */
async function logged(text: string, times = 1): Promise<void> {
  await until(() => lines.filter((line) => line.includes(text)).length >= times);
}

function student() {
  return {
    name: `${plant('name')} ${plant('surname')}`,
    email: `${plant('mail')}@example.dk`,
    phone: `+45${plantNumber()}`,
    birthDate: '2007-05-06',
    addressLine: `${plant('street')} 7`,
    postcode: '8000',
    city: plant('city'),
    licenceClass: 'B',
  };
}

/** The tracker is overrun; nobody else notices. */
async function told429(): Promise<void> {
  await until(async () => {
    const { text } = await http.get('/metrics').set('authorization', `Bearer ${config.METRICS_TOKEN}`).expect(200);
    return text.includes('error_reports_total{result="failed"} 1');
  });
}

/** While the work goes on, that table is not where the application looks for it. */
async function without(table: string, work: () => Promise<unknown>): Promise<void> {
  await renameTable(test.databaseUrl, `${table} TO ${table}_away`);
  try {
    await work();
  } finally {
    await renameTable(test.databaseUrl, `${table}_away TO ${table}`);
  }
}

describe('log lines, metrics, spans and kept errors say nothing of', () => {
  it('passwords, tokens and addresses of those who sign in', async () => {
    const [email, password] = [`${plant('mail')}@example.dk`, plant('password')];
    await http.post('/v1/auth/login').send({ email, password }).expect(401);
    await http
      .post('/v1/auth/refresh')
      .send({ refreshToken: plant('refresh') })
      .expect(401);
    await http.post('/v1/auth/password-resets').send({ email }).expect(202);
    await http.post('/v1/auth/invitations/accept').send({ token: plant('invitation'), password: plant('newpassword') });
    await http.get(`/account/password?token=${plant('pagetoken')}`).expect(200);
    await http
      .get('/v1/me')
      .set('authorization', `Bearer eyJhbGciOiJIUzI1NiJ9.${plant('jwt')}.c2ln`)
      .expect(401);
    await http
      .get('/v1/me')
      .set('authorization', `Basic ${plant('basic')}`)
      .expect(401);
    await http.get('/ops/queues').set('cookie', `jd_ops=${plant('cookie')}`);
    await http
      .get('/metrics')
      .set('authorization', `Bearer ${plant('metrics')}`)
      .expect(401);
    await logged('"route":"/v1/auth/login"');
  });

  it('what stands in addresses, queries, headers and bodies that are refused', async () => {
    await http.get(`/v1/${plant('path')}/${plant('mail')}@example.dk?q=${plant('query')}`).expect(404);
    await http.get(`/%${plant('broken')}`);
    await school.owner.get(`/students/${plant('id')}`);
    await school.owner.get(`/students?q=${plant('search')}@example.dk`).expect(200);
    await school.owner.get(`/students?${plant('unknownkey')}=1`).expect(400);
    await http
      .post('/v1/auth/login')
      .set('content-type', 'application/json')
      .send(`{"email": ${plant('malformed')}`)
      .expect(400);
    await http
      .post('/v1/auth/login')
      .set('content-type', 'text/plain')
      .send(plant('plain'))
      .expect((answer) => answer.status >= 400);
    await school.owner.post('/students', { ...student(), [plant('unknownfield')]: plant('value') }).expect(400);
    await school.owner.post('/students', { ...student(), email: plant('notamail') }).expect(400);
    const key = plant('idempotency');
    await school.owner.post('/students', student()).set('idempotency-key', key).expect(201);
    await school.owner.post('/students', student()).set('idempotency-key', key).expect(422);
    await logged('"status":422');
  });

  it('a student whose rows the database refuses or cannot take', async () => {
    const known = student();
    await school.owner.post('/students', known).expect(201);
    await school.owner.post('/students', known).expect(409);
    await without('outbox_events', () => school.owner.post('/students', student()).expect(500));
    await without('students', () => school.owner.get(`/students?q=${plant('search')}`).expect(500));
    await logged(' failed"', 2);
    await logged("doesn't exist", 2);
  });

  it('errors as they are told to the tracker, though each says where it was and what went wrong', async () => {
    const { errors } = test.sandbox.errors;
    const before = errors.length;
    await without('students', () => school.owner.get(`/students?q=${plant('search')}`).expect(500));
    await until(() => errors.length > before);
    const told = errors.at(-1)!;
    expect(told).toMatchObject({
      level: 'error',
      environment: 'test',
      message: 'GET /v1/schools/:schoolId/students failed',
      tags: { role: 'all', schoolId: school.id, requestId: expect.any(String) },
    });
    expect(told.user).toBeUndefined();
    const [{ value, stacktrace } = { value: '', stacktrace: undefined }] = told.exception!.values;
    expect(value).toBe("Table '…' doesn't exist");
    expect(stacktrace!.frames.map(({ filename }) => filename)).toContainEqual(expect.stringContaining('src/'));

    test.sandbox.errors.refuse(429);
    await without('students', () => school.owner.get('/students').expect(500));
    await told429();
    test.sandbox.errors.refuse(null);
  });

  it('messages, however their providers refuse them', async () => {
    const tried = async (state: string) => {
      const [rows] = await direct.query('SELECT 1 FROM messages WHERE state = ? AND attempts > 0', [state]);
      return (rows as unknown[]).length;
    };
    test.sandbox.faults.add({ system: 'smtp', kind: 'error_500' });
    // Until the clock goes on, it is not tried again.
    test.clock.set(test.clock.now());
    await school.owner.post('/students', student()).expect(201);
    await until(async () => (await tried('sending')) === 1);
    await school.owner.post('/students', { ...student(), email: `bounce+${plant('mail')}@example.dk` }).expect(201);
    await until(async () => (await tried('rejected')) === 1);
    // The account's token is not the one that Twilio knows.
    const text = { to: `+45${plantNumber()}`, body: plant('text') };
    const { outcome } = await test.app.get(SmsSender, { strict: false }).send(text);
    expect(outcome).toBe('unknown');
  });

  it('deliveries and schedules that fail', async () => {
    await without('messages', async () => {
      await school.owner.post('/students', student()).expect(201);
      await logged('a delivery failed');
    });
    await without('reminders', async () => {
      test.clock.advance({ minutes: 1 });
      await logged('a schedule failed');
    });
    const runner = test.app.get(ScheduleRunner, { strict: false });
    await expect(runner.runNow('no.such')).rejects.toThrow();
  });

  it('webhooks, whether they are believed and understood or not', async () => {
    const send = (body: string, signature: string) =>
      http
        .post('/webhooks/stripe')
        .set('content-type', 'application/json')
        .set('stripe-signature', signature)
        .send(body);
    const sign = (payload: string) =>
      Stripe.webhooks.generateTestHeaderString({ payload, secret: config.STRIPE_WEBHOOK_SECRET });
    await send(JSON.stringify({ id: plant('event'), email: plant('mail') }), `t=1,v1=${plant('signature')}`).expect(
      400,
    );
    const body = JSON.stringify({
      id: 'evt_planted',
      type: 'checkout.session.completed',
      customer_details: { email: `${plant('mail')}@example.dk`, name: plant('name') },
    });
    await send(body, sign(body)).expect(204);
    await logged('webhooks.process');
  });

  it('what a provider answers, and what its errors carry', async () => {
    const calls = test.app.get(ProviderCalls, { strict: false });
    const refusal = Object.assign(new Error(`no such person: ${plant('mail')}@example.dk`), { raw: plant('raw') });
    const refused = { provider: 'stripe', operation: 'plant', repeatable: false, isOutage: () => false };
    await expect(calls.run({ ...refused, send: () => Promise.reject(refusal) })).rejects.toThrow();
    const { id: studentId, caller } = await school.enrol(`${plant('mail')}@example.dk`);
    const charge = {
      studentId,
      description: plant('charge'),
      gross: { amount: 65_000, currency: 'DKK' },
      vatRateBp: 2_500,
    };
    await school.owner.post('/charges', charge).expect(201);
    const { body: invoice } = await school.owner.post('/invoices', { studentId }).expect(201);
    test.sandbox.faults.add({ system: 'stripe', kind: 'error_500', times: 50 });
    await caller.post(`/invoices/${invoice.id}/checkout`).expect(503);
    await logged('"route":"/v1/schools/:schoolId/invoices/:invoiceId/checkout"');
  });
});
