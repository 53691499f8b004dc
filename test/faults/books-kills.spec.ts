import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Id } from '../../src/platform/values/id.js';
import { addDays, localDate } from '../../src/platform/values/zone.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { buildApp, startProcess } from '../support/processes.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';
import { size } from './support/size.js';

/*
 * SIGKILL of a worker in the middle of sending to a school's books; KILLS=5 npm test test/faults/books-kills.spec.ts kills those
 * that follow it, too.
 */
const kills = size('KILLS', 1, 5);
const invoices = 4 + 2 * kills;

let test: TestApp;
let school: TestSchool;
let build: ReturnType<typeof buildApp>;

beforeAll(async () => {
  build = buildApp();
  test = await startTestApp({ jobs: false, env: { XERO_CLIENT_ID: 'sandbox', XERO_CLIENT_SECRET: 'sandbox' } });
  school = await openTestSchool(test, 'killed-books');
}, 180_000);
afterAll(async () => {
  await test?.close();
  build?.remove();
});

it(
  `a school’s books have everything once although ${kills} workers were killed while they sent it`,
  async () => {
    await connect();
    const numbers: string[] = [];
    for (let each = 0; each < invoices; each++) numbers.push(await paidInvoice(each));
    let hurt = 0;
    for (let kill = 0; kill < kills; kill++) {
      slow(100);
      // Spread over customers, invoices and payments.
      const reached = (3 * invoices * (kill + 0.5)) / kills;
      const worker = await startProcess(build.folder, { ...test.env, APP_ROLE: 'worker' });
      await giveTurn();
      await until(async () => (await records()).booked >= reached, 60);
      // What is sent from here on has no answer before its sender dies.
      slow(1_500);
      await until(async () => (await records()).sending > 0, 60);
      await worker.kill();
      hurt += (await records()).sending;
    }
    test.sandbox.faults.clear();
    const heir = await startProcess(build.folder, { ...test.env, APP_ROLE: 'worker' });
    await giveTurn();
    await until(async () => {
      const { booked, waiting, sending, unknown } = await records();
      return booked > 0 && waiting + sending + unknown === 0;
    }, 60);
    // The last of them may want its file yet.
    await until(async () => filesOf().length === invoices, 30);
    await heir.stop();

    console.log(`${3 * invoices} records, ${hurt} of them in hand when a worker was killed`);

    expect(hurt).toBeGreaterThan(0);
    expect(await records()).toMatchObject({ failed: 0, booked: 3 * invoices });
    const { documents, payments, contacts } = books();
    expect([...documents.values()].map(({ number }) => number).sort()).toEqual([...numbers].sort());
    expect([...payments.values()].map(({ document }) => document.number).sort()).toEqual([...numbers].sort());
    expect(contacts.size).toBe(invoices);
    expect(filesOf()).toEqual(filesOf().map(() => 1));
    // Whatever the hour, the day is within.
    const today = localDate(test.clock.now(), 'Europe/Copenhagen');
    const period = `from=${addDays(today, -1)}&until=${addDays(today, 1)}`;
    const { body } = await school.owner.get(`/accounting/reconciliation?${period}`).expect(200);
    expect(body.differences).toEqual([]);
  },
  180_000 + kills * 60_000,
);

/** From now on each call takes so long; less than the application waits. */
function slow(delayMs: number): void {
  test.sandbox.faults.clear();
  test.sandbox.faults.add({ system: 'xero', kind: 'slow', delayMs, times: 1_000_000 });
}

const books = () => [...test.sandbox.books.xero.organisations.values()][0]!;
const filesOf = () => [...books().attachments.values()].map((files) => files.length);

async function connect(): Promise<void> {
  const { owner } = school;
  const { body } = await owner.post('/accounting/connection/consent', { provider: 'xero' }).expect(201);
  const agreed = new URLSearchParams({ company: books().id });
  const { headers } = await fetch(body.url, { method: 'POST', body: agreed, redirect: 'manual' });
  await fetch(headers.get('location')!);
  const { body: settings } = await owner.get('/accounting/settings').expect(200);
  const everything = { ...settings, mode: 'documents', syncOn: true, pace: 'hourly' };
  await owner.put('/accounting/settings', everything).expect(200);
  const mappings = [
    { kind: 'account', ours: '1000', theirs: '090' },
    { kind: 'account', ours: '3000', theirs: '200' },
    { kind: 'account', ours: '2200', theirs: '655' },
    { kind: 'tax', ours: '2500', theirs: 'OUTPUT2' },
  ];
  await owner.put('/accounting/mappings', { mappings }).expect(200);
}

/** @returns its number */
async function paidInvoice(index: number): Promise<string> {
  const { owner } = school;
  const { id: studentId } = await school.enrol(`student${index}@killed-books.example`);
  const [amount, receivedOn] = [{ amount: 65_000, currency: 'DKK' }, localDate(test.clock.now(), 'Europe/Copenhagen')];
  const charge = { studentId, description: 'Kørelektion', gross: amount, vatRateBp: 2500 };
  await owner.post('/charges', charge).expect(201);
  const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
  const allocations = [{ invoiceId: invoice.id as Id, amount }];
  await owner.post('/payments', { studentId, amount, method: 'bank_transfer', receivedOn, allocations }).expect(201);
  return String(invoice.number);
}

/** The time goes by that a dead worker keeps the books for himself, and the next turn is due. */
async function giveTurn(): Promise<void> {
  await test.em.fork().execute(`UPDATE accounting_connections SET next_sync_at = '2026-11-01',
    lease_until = IF(lease_until IS NULL, NULL, '2026-11-01')`);
  await test.em.fork().execute(`UPDATE schedules SET next_run_at = '2026-11-01' WHERE name = 'accounting.sync'`);
}

async function records() {
  const counts = { waiting: 0, sending: 0, unknown: 0, failed: 0, booked: 0 };
  const rows = await test.em
    .fork()
    .execute<{ state: keyof typeof counts; n: number | string }[]>(
      `SELECT state, COUNT(*) AS n FROM accounting_records WHERE kind <> 'journal' GROUP BY state`,
    );
  for (const { state, n } of rows) counts[state] = Number(n);
  return counts;
}
