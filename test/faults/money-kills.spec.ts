import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { FinanceAudit } from '../../src/modules/finance/index.js';
import { accessTokenOf } from '../../src/modules/identity/testing/sign-in.js';
import { idFromBytes, type Id } from '../../src/platform/values/id.js';
import { Till } from '../e2e/till.js';
import { buildApp, startProcess, type AppProcess } from '../support/processes.js';
import { until } from '../support/until.js';
import { MoneyClient } from './money-client.js';
import { size } from './support/size.js';

/*
 * SIGKILL in the middle of invoicing, paying, giving back and crediting: KILLS=20 npm test test/faults kills more often.
 * Where in the flow it hits is spread evenly over the answers of a whole round, so that no machine is too slow or too fast for it.
 */
const kills = size('KILLS', 1, 10);
const storiesAtOnce = 6;

let till: Till;
let build: ReturnType<typeof buildApp>;

beforeAll(async () => {
  build = buildApp();
  till = await Till.open();
}, 180_000);

afterAll(async () => {
  await till?.close();
  build?.remove();
});

it(
  `money adds up after a process was killed ${kills} times while it was at work`,
  async () => {
    const client = new MoneyClient(till, { owner: await accessTokenOf(till.test.app, till.nord.owner.userId) });
    const env = { ...till.test.env, APP_ROLE: 'all' };
    let next: Promise<AppProcess> = startProcess(build.folder, env);
    // Unhurt, to know how many answers a round has.
    await round(client, await next);
    const wholeRound = client.answered;

    for (let kill = 0; kill < kills; kill++) {
      const process = await next;
      next = startProcess(build.folder, env);
      await next;
      const moment = client.answered + (wholeRound * (kill + 0.5)) / kills;
      let isOver = false;
      const whole = round(client, process).finally(() => (isOver = true));
      // A round in which something is refused has fewer answers.
      const dies = until(() => isOver || client.answered >= moment, 120).finally(() => process.kill());
      await Promise.all([whole, dies]);
    }
    await (await next).stop();
    await settled();
    const { invoices, checkouts, refunds, creditNotes } = client.acknowledged;
    console.log(
      `${invoices.size} invoices, ${checkouts.size} checkouts, ${client.paidAtGateway.size} paid, ${refunds.size} refunds, ${creditNotes.size} credit notes; ${client.unanswered} requests without an answer`,
    );

    expect(await till.nord.run(() => till.test.app.get(FinanceAudit, { strict: false }).verify())).toEqual([]);
    await expectWhatWasAnswered(client);
    await expectWhatTheGatewayHas();
    expect(client.paidAtGateway.size).toBeGreaterThan(storiesAtOnce);
  },
  240_000 + kills * 30_000,
);

async function round(client: MoneyClient, { url }: AppProcess): Promise<void> {
  const students = await Promise.all(Array.from({ length: storiesAtOnce }, () => till.newStudent()));
  await Promise.all(
    students.map(({ id: studentId }, index) => client.story(url, { studentId }, { credits: index % 2 === 0 })),
  );
}

/** The processes that are left finish what the dead ones had begun, with the clock an hour on. */
async function settled(): Promise<void> {
  till.test.clock.advance({ hours: 1 });
  // Up to a minute goes by until the queue gives to another what a dead process was at.
  await till.test.settle(150);
  await until(async () => {
    await till.reconcile();
    await till.test.settle();
    return (await openRefunds()) === 0;
  }, 60);
}

async function openRefunds(): Promise<number> {
  const [row] = await rows<{ open: number | string }>(`SELECT COUNT(*) AS open FROM refunds WHERE settled_at IS NULL`);
  return Number(row!.open);
}

/** Nothing that was acknowledged is lost. */
async function expectWhatWasAnswered({ acknowledged, paidAtGateway }: MoneyClient): Promise<void> {
  const idsOf = async (statement: string): Promise<Set<Id>> =>
    new Set((await rows<{ id: Buffer }>(statement)).map(({ id }) => idFromBytes(id)));
  const invoices = await idsOf(`SELECT id FROM invoices`);
  expect([...acknowledged.invoices, ...acknowledged.creditNotes].filter((id) => !invoices.has(id))).toEqual([]);
  const refunds = await idsOf(`SELECT id FROM refunds WHERE state = 'succeeded'`);
  expect([...acknowledged.refunds.keys()].filter((id) => !refunds.has(id))).toEqual([]);
  const paid = await idsOf(`SELECT id FROM payments WHERE state = 'succeeded'`);
  expect([...paidAtGateway].sort()).toEqual([...paid].sort());
  // The rest is in sight: open, with a time at which the gateway is asked.
  const lost = `SELECT id FROM payments WHERE settled_at IS NULL AND (next_check_at IS NULL OR open_for IS NULL)`;
  expect(await idsOf(lost)).toEqual(new Set());
}

/** The gateway has taken and given back exactly what we say. */
async function expectWhatTheGatewayHas(): Promise<void> {
  const paid = await rows<{ id: Buffer; received: number | string; refunded: number | string }>(
    `SELECT id, received_minor AS received, refunded_minor AS refunded FROM payments WHERE state = 'succeeded'`,
  );
  const theirs = [...till.test.sandbox.stripe.account.charges.values()].map(
    ({ metadata, amount, amount_refunded }) => ({
      id: metadata['payment_id'],
      received: amount,
      refunded: amount_refunded,
    }),
  );
  const sums = (id: string | undefined, received: number | string, refunded: number | string) =>
    `${id}: ${received} received, ${refunded} given back`;
  expect(theirs.map(({ id, received, refunded }) => sums(id, received, refunded)).sort()).toEqual(
    paid.map(({ id, received, refunded }) => sums(idFromBytes(id), received, refunded)).sort(),
  );
}

function rows<Row>(statement: string): Promise<Row[]> {
  return till.test.em.fork().execute<Row[]>(statement);
}
