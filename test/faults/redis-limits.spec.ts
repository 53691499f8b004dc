import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RequestContext } from '@mikro-orm/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreatePlatformAdmin } from '../../src/modules/identity/index.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { until } from '../support/until.js';
import { Cluster } from './support/cluster.js';
import { judge, untilDone } from './support/judge.js';
import { Load } from './support/load.js';
import { PrivateServers, type PrivateServer } from './support/servers.js';
import { openShop, type Shop } from './support/shop.js';
import { isFull, size } from './support/size.js';

/*
 * Signing in and paying are limited as they are in production, by what all processes count in Redis, while others book. Without Redis
 * nobody gets in and nobody pays, through whichever process, and not one lesson fails by it.
 */
const awaySeconds = size('REDIS_AWAY_SECONDS', 2, 60);
const guesses = 10;
const payments = 20;
const password = 'lang nok adgangskode';

let servers: PrivateServers;
let redis: PrivateServer;
let cluster: Cluster;
let shop: Shop;

beforeAll(async () => {
  servers = new PrivateServers();
  redis = await (await servers.redis()).start();
  // What one caller may send in all stays lifted: the clients of the load are one.
  const env = { RATE_LIMIT_PERCENT: '100', AUTH_ATTEMPTS_PERCENT: '100' };
  cluster = await Cluster.open({ all: isFull ? 2 : 0, servers: { redis: redis.url }, env });
  shop = await openShop(cluster.test, 'limits', { teachers: 3, students: 8 });
  for (const email of ['anna@example.dk', 'bo@example.dk'])
    await RequestContext.create(cluster.test.em, () =>
      cluster.test.app.get(CreatePlatformAdmin).execute({ email, name: 'Anna', password }),
    );
}, 400_000);
afterAll(async () => {
  await cluster?.close();
  await servers?.stopAll();
}, 60_000);

/** Through the processes by turns. @returns the status and, where there is one, the problem's code */
async function post(turn: number, path: string, body: object, token?: string): Promise<string> {
  const urls = cluster.urls();
  const response = await fetch(urls[turn % urls.length] + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'idempotency-key': newId(),
      ...(token && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  const { code } = (await response.json()) as { code?: string };
  return code ? `${response.status} ${code}` : String(response.status);
}

const logIn = (turn: number, email: string, guess: string) => post(turn, '/v1/auth/login', { email, password: guess });

function many<T>(count: number, ask: (turn: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, turn) => ask(turn)));
}

function counted(answers: readonly string[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(answers, (answer) => answer)].map(([answer, all]) => [answer, all.length]));
}

/** Through all processes together no more than that were let through; what could not be counted in time was not. */
function expectLimited(answers: readonly string[], limit: number, refused: string, passed: string): void {
  expect(answers).toEqual(expect.arrayContaining([refused, passed]));
  const letThrough = answers.filter((answer) => answer !== refused && answer !== '503 request.uncounted');
  expect(letThrough.length).toBeLessThanOrEqual(limit);
}

async function invoice(studentId: Id): Promise<Id> {
  const { owner } = shop.school;
  const gross = { amount: 65_000, currency: 'DKK' };
  const charge = { studentId, description: 'Lektion', gross, vatRateBp: 2500 };
  await owner.post('/charges', charge).expect(201);
  return (await owner.post('/invoices', { studentId }).expect(201)).body.id;
}

it(
  `of what is limited nothing is let through while Redis is away for ${awaySeconds} s, under load`,
  async () => {
    // Nobody whom the load books lessons for: an invoice takes all that somebody owes.
    const payer = shop.students.at(-1)!;
    const invoiceId = await invoice(payer.id);
    const path = `/v1/schools/${shop.school.id}/invoices/${invoiceId}/checkout`;
    const begun = async (): Promise<number> =>
      (await shop.school.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body.items.length;
    const pay = (turn: number) => post(turn, path, {}, payer.token);
    const load = new Load({ test: cluster.test, shop, urls: cluster.urls, bookers: 4, payers: 0 });

    const guessed = await many(3 * guesses, (turn) => logIn(turn, 'anna@example.dk', `forkert gæt ${turn}`));
    expectLimited(guessed, guesses, '429 auth.too_many_attempts', '401 auth.invalid_credentials');

    await redis.kill();
    const before = load.booked;
    const end = Date.now() + awaySeconds * 1_000;
    const refused: string[] = [];
    do {
      refused.push(...(await many(4, (turn) => logIn(turn, 'bo@example.dk', password))), ...(await many(4, pay)));
      await sleep(250);
    } while (Date.now() < end);
    expect(counted(refused)).toEqual({ '503 request.uncounted': refused.length });
    expect(await begun()).toBe(0);
    await until(() => load.booked > before);
    await redis.start();

    for (let turn = 0; turn < cluster.urls().length; turn++)
      await until(async () => (await logIn(turn, 'bo@example.dk', password)) === '200');
    const paid = await many(2 * payments, pay);
    expectLimited(paid, payments, '429 request.too_many', '201');

    const transcript = await load.stop();
    const took = await untilDone(cluster, 120 + 3 * awaySeconds);
    console.log(`${transcript.summary()}; ${refused.length} refused meanwhile; all done ${took} ms later`);
    expect(transcript.failures).toEqual([]);
    transcript.invoices.add(invoiceId);
    expect(await judge({ test: cluster.test, shop, transcript })).toEqual([]);
  },
  240_000 + awaySeconds * 2_000,
);
