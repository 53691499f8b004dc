import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { SANDBOX_CREDENTIALS } from '../../sandbox/sandbox.js';
import { idToBytes, newId } from '../../src/platform/values/id.js';
import { Stripe } from 'stripe';
import { until } from '../support/until.js';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull, size } from './support/size.js';

/*
 * What somebody does to one process while others book and pay through it: connections that say nothing or next to nothing, bodies without
 * end, requests that are none, work that cannot be done, a pool that stands still, a gateway that hangs.
 */
const idle = size('IDLE_CONNECTIONS', 300, 5_000);
const badRequests = size('BAD_REQUESTS', 140, 10_000);
const hangSeconds = size('HANG_SECONDS', 3, 600);

const poolSize = 5;
const bookers = poolSize + 1;

let cluster: Cluster;
let shop: Shop;
let db: Connection;
let load: Load;

beforeAll(async () => {
  cluster = await Cluster.open({ env: { DATABASE_POOL_SIZE: String(poolSize), STRIPE_TIMEOUT_MS: '2000' } });
  shop = await openShop(cluster.test, 'pressure', { teachers: 3, students: bookers + 2 });
  db = await createConnection({ uri: cluster.test.databaseUrl.replace(/^mariadb:/, 'mysql:'), timezone: 'Z' });
  load = new Load({
    test: cluster.test,
    shop,
    urls: cluster.urls,
    bookers,
    payers: 2,
    // Beside other tests there is less room for it.
    pauseMs: isFull ? 100 : 250,
    patienceMs: 240_000 + hangSeconds * 1_000,
  });
}, 400_000);
// Whatever was done to it: nobody else was harmed.
afterEach(() => expect(load.transcript.errors).toEqual([]));
afterAll(async () => {
  await load?.stop();
  await db?.end();
  await cluster?.close();
}, 60_000);

it(`${idle} idle connections, slow ones and endless bodies keep nobody else from being served`, async () => {
  const before = load.booked;
  const sockets = await Promise.all(Array.from({ length: idle }, opened));
  const slow = sockets.slice(0, 50);
  for (const socket of slow) socket.write('POST /v1/auth/login HTTP/1.1\r\nhost: x\r\n');
  const drip = setInterval(() => slow.forEach((socket) => socket.write('x')), 200);
  const endless = await Promise.all(Array.from({ length: 5 }, () => pour(80)));
  await until(() => load.booked > before + 5, 30);
  clearInterval(drip);
  for (const socket of sockets) socket.destroy();

  expect(endless).toEqual(endless.map(() => expect.stringMatching(/^HTTP\/1.1 413|^closed/)));
  expect(load.transcript.failures).toEqual([]);
});

it(`${badRequests} bad requests are refused, each as one`, async () => {
  const answers = new Map<number, number>();
  for (let sent = 0; sent < badRequests; sent += 25) {
    const some = await Promise.all(Array.from({ length: 25 }, (_, index) => bad(sent + index)));
    for (const status of some) answers.set(status, (answers.get(status) ?? 0) + 1);
  }
  expect([...answers.keys()].filter((status) => status < 400 || status >= 500)).toEqual([]);
  expect(load.transcript.failures).toEqual([]);
});

it('a job and a webhook that nobody can do anything with end as dead letters, and the others flow', async () => {
  const [[some]] = (await db.query(
    "SELECT e.name, e.school_id, d.handler FROM outbox_events e JOIN outbox_deliveries d ON d.event_id = e.id WHERE e.name = 'bookings.lesson_booked' LIMIT 1",
  )) as unknown as [{ name: string; school_id: Buffer; handler: string }[]];
  const poison = idToBytes(newId());
  await db.query(
    `INSERT INTO outbox_events (id, school_id, name, payload, occurred_at) VALUES (?, ?, ?, '{"bookingId": 7}', NOW(3))`,
    [poison, some!.school_id, some!.name],
  );
  // It has failed so often that once more is the last time.
  await db.query(
    `INSERT INTO outbox_deliveries (event_id, handler, state, due_at, attempts, failures) VALUES (?, ?, 'open', '2020-01-01', 99, 99)`,
    [poison, some!.handler],
  );
  const body = JSON.stringify({
    id: 'evt_poison',
    object: 'event',
    type: 'checkout.session.completed',
    data: { object: null },
  });
  const told = await fetch(`${cluster.test.url}/webhooks/stripe`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'stripe-signature': Stripe.webhooks.generateTestHeaderString({
        payload: body,
        secret: SANDBOX_CREDENTIALS.stripeWebhookSecret,
      }),
    },
    body,
  });
  expect(told.status).toBeLessThan(300);
  // After its first failure, once more is its last time, too.
  let news: Buffer | undefined;
  await until(async () => {
    const [[failed]] = await db.query<RowDataPacket[]>(
      "SELECT event_id FROM outbox_deliveries WHERE handler = 'webhooks.process' AND state = 'open' AND last_error LIKE 'TypeError%'",
    );
    news = failed?.['event_id'] as Buffer | undefined;
    return news !== undefined;
  }, 30);
  await db.query("UPDATE outbox_deliveries SET failures = 99, due_at = '2020-01-01' WHERE event_id = ?", [news]);

  const dead = [some!.handler, 'webhooks.process'].toSorted();
  await until(async () => (await deadLetters()).length >= dead.length, 30);
  expect((await deadLetters()).toSorted()).toEqual(dead);
  const before = load.booked;
  await until(() => load.booked > before + 3, 30);
  await db.query('DELETE FROM outbox_events WHERE id IN (?, ?)', [poison, news]);
  expect(load.transcript.failures).toEqual([]);
});

it('a pool of connections that stands still is answered by 503, soon, and is over when they come back', async () => {
  // Whoever books waits for this table, and keeps his connection meanwhile.
  await db.query('LOCK TABLES claims WRITE');
  let took = 0;
  await until(async () => {
    const began = performance.now();
    const { status } = await fetch(`${cluster.test.url}/v1/schools/${shop.school.id}/teachers`, asOffice());
    took = performance.now() - began;
    return status === 503;
  }, 30).finally(() => db.query('UNLOCK TABLES'));
  // How fast, only a machine with nothing else to do can tell.
  if (isFull) expect(took).toBeLessThan(2_000);
  const before = load.booked;
  await until(() => load.booked > before + 3, 30);
});

it(
  `a gateway that hangs for ${hangSeconds} s costs no booking: its circuit opens, and what it took is found`,
  async () => {
    const { faults } = cluster.test.sandbox;
    const before = { failures: load.transcript.failures.length, booked: load.booked };
    faults.add({ system: 'stripe', kind: 'timeout_after_acting', delayMs: 3_000, times: 1_000_000 });
    const began = Date.now();
    await until(async () => isCircuitOpen(await metrics()), 60);
    const circuitAfter = Date.now() - began;
    await sleep(hangSeconds * 1_000);
    faults.clear();
    expect(load.booked).toBeGreaterThan(before.booked);
    const lost = load.transcript.failures
      .slice(before.failures)
      .filter(({ request }) => request.startsWith('/bookings'));
    expect(lost).toEqual([]);

    const transcript = await load.stop();
    const foundAfter = isFull ? await untilFound(5) : 0;
    const took = await untilDone(cluster, 60);
    console.log(
      `${transcript.summary()}; circuit open after ${circuitAfter} ms; all found ${foundAfter} ms later, all done ${took} ms after that`,
    );
    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
  },
  600_000 + hangSeconds * 1_000,
);

/** The schedule alone finds what became of the money that the gateway was silent about. @returns how long it took, in milliseconds */
async function untilFound(minutes: number): Promise<number> {
  const began = Date.now();
  await until(async () => {
    const [rows] = await db.query(
      `SELECT 1 FROM payments WHERE settled_at IS NULL UNION ALL SELECT 1 FROM refunds WHERE settled_at IS NULL LIMIT 1`,
    );
    return (rows as unknown[]).length === 0;
  }, minutes * 60);
  return Date.now() - began;
}

function isCircuitOpen(text: string): boolean {
  return /provider_circuit_open\{provider="stripe"\} 1/.test(text);
}

function opened(): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(cluster.test.url).port), '127.0.0.1', () => resolve(socket));
    socket.on('error', reject);
  });
}

/** Sends a body that is said to be that many mebibytes. @returns the first line that came back */
async function pour(mebibytes: number): Promise<string> {
  const socket = await opened();
  const answered = new Promise<string>((resolve) => {
    socket.once('data', (bytes) => resolve(bytes.toString().split('\r\n')[0]!));
    socket.on('error', () => resolve('closed'));
    socket.once('close', () => resolve('closed'));
  });
  const head = `POST /v1/auth/login HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${mebibytes * 1024 ** 2}\r\n\r\n`;
  socket.write(head);
  for (let part = 0; part < 40 && socket.writable; part++) socket.write(Buffer.alloc(65_536, 'x'));
  return answered.finally(() => socket.destroy());
}

async function bad(index: number): Promise<number> {
  const path = `/v1/schools/${index % 2 === 0 ? shop.school.id : newId()}`;
  const requests: readonly [string, string, string?][] = [
    ['POST', `${path}/bookings`, '{"lessonTypeId":'],
    ['POST', `${path}/bookings`, JSON.stringify({ lessonTypeId: index, startsAt: 'soon' })],
    ['POST', `${path}/invoices`, JSON.stringify(Array.from({ length: 100 }, () => ({ studentId: null })))],
    ['GET', `${path}/bookings?cursor=${'%00'.repeat(20)}`],
    ['PATCH', `${path}/students/${'../'.repeat(9)}`, '{}'],
    ['DELETE', `${path}/invoices/${newId()}`],
    ['POST', '/webhooks/stripe', '{}'],
  ];
  const [method, to, body] = requests[index % requests.length]!;
  const { status } = await fetch(cluster.test.url + to, {
    method,
    ...asOffice(body ? { 'content-type': 'application/json' } : {}),
    ...(body && { body }),
  });
  return status;
}

function asOffice(headers: Readonly<Record<string, string>> = {}): RequestInit {
  return { headers: { authorization: `Bearer ${shop.office}`, ...headers } };
}

async function deadLetters(): Promise<string[]> {
  const [rows] = await db.query("SELECT handler FROM outbox_deliveries WHERE state = 'dead'");
  return (rows as { handler: string }[]).map(({ handler }) => handler);
}

async function metrics(): Promise<string> {
  return (await fetch(`${cluster.test.url}/metrics`)).text();
}
