import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { AccountEntries } from '../../src/modules/finance/reports/queries/account-entries.js';
import { AgeReports } from '../../src/modules/finance/reports/queries/age-reports.js';
import { FinanceReports } from '../../src/modules/finance/reports/queries/finance-reports.js';
import { bank, deferred, outputVat, receivables, revenue } from '../../src/modules/finance/domain/account-plan.js';
import { JournalReader } from '../../src/modules/finance/queries/journal-reader.js';
import { PostTransfers } from '../../src/modules/finance/use-cases/post-transfers.js';
import { encodeCursor } from '../../src/platform/http/paging.js';
import { idFromBytes, idToBytes, type Id, newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { plansOf, statementsOf } from '../support/statements.js';
import { openTestSchool, type TestSchool } from '../support/test-school.js';

const DAYS = 1_000;
const A_DAY = 20;

let test: TestApp;
let nord: TestSchool;
let direct: Connection;
let sales: Buffer;

beforeAll(async () => {
  test = await startTestApp({ jobs: false });
  nord = await openTestSchool(test, 'nord');
  direct = await createConnection({ uri: test.databaseUrl, multipleStatements: true });
  await fill();
});
afterAll(async () => {
  await direct?.end();
  await test?.close();
});

/** Three years of sales of one student, straight into the table. */
async function fill(): Promise<void> {
  const postings = [revenue(2500), outputVat(2500), deferred(2500), bank()].map((credit) => {
    return { debit: receivables(nord.student.id), credit, amount: Money.of(1_000) };
  });
  const voucher = { source: 'invoice', sourceId: newId(), occurredOn: '2024-01-01' } as const;
  await nord.run(() => test.app.get(PostTransfers, { strict: false }).execute(voucher, postings));
  const [accounts] = (await direct.query('SELECT id, account_key FROM ledger_accounts')) as unknown as [
    { id: Buffer; account_key: string }[],
  ];
  const of = (key: string) => accounts.find(({ account_key }) => account_key === key)!.id;
  sales = of('revenue/2500');
  const [owed, vat] = [of(receivables(nord.student.id).key), of('output-vat/2500')];
  const school = idToBytes(nord.id);
  const transfers = Array.from({ length: DAYS * A_DAY }, (_, i) => {
    const day = new Date(Date.parse('2024-01-01') + Math.floor(i / A_DAY) * 86_400_000).toISOString().slice(0, 10);
    const credited = i % 2 === 0 ? sales : vat;
    return [idToBytes(newId()), school, owed, credited, 1_000, 'DKK', day, 'invoice', idToBytes(newId()), new Date()];
  });
  for (let at = 0; at < transfers.length; at += 5_000)
    await direct.query(
      `INSERT INTO ledger_transfers (id, school_id, debit_account_id, credit_account_id, amount_minor, currency, occurred_on,
        source, source_id, created_at) VALUES ?`,
      [transfers.slice(at, at + 5_000)],
    );
  await direct.query('ANALYZE TABLE ledger_transfers, ledger_accounts');
}

async function transferPlans(work: () => Promise<unknown>) {
  const statements = await statementsOf(() => nord.run(work));
  const asked = statements.filter(({ sql }) => /select[\s\S]*(ledger_transfers|invoices|charges)/i.test(sql));
  const plans = await plansOf(direct, asked);
  expect(plans.length).toBeGreaterThan(0);
  return plans.flatMap(({ sql, plan }) => plan.map((row) => ({ sql, ...row })));
}

async function expectIndexed(work: () => Promise<unknown>, most = (DAYS * A_DAY) / 5): Promise<void> {
  for (const { sql, table, type, key, rows, Extra } of await transferPlans(work)) {
    if (!['t', 'ledger_transfers', 'invoices', 'charges'].includes(table)) continue;
    const isGood = type !== 'ALL' && type !== 'index' && key !== null && rows < most;
    const found = { sql, table, type, key, rows, Extra };
    expect({ ...found, isGood }).toEqual({ ...found, isGood: true });
  }
}

const reports = () => test.app.get(FinanceReports, { strict: false });
const month = { from: '2025-03-01', until: '2025-03-31' };

describe('reads of the books', () => {
  it('sum a month of VAT and revenue from the accounts’ indexes alone', async () => {
    await expectIndexed(() => reports().vat(month));
    await expectIndexed(() => reports().revenue(month, 'month'));
    await expectIndexed(() => reports().revenue(month, 'product'));
    expect((await nord.run(() => reports().vat(month))).net).toEqual(Money.of(31 * 10 * 1_000));
  });

  it('page an account’s entries by its index, however late', async () => {
    const entries = () => test.app.get(AccountEntries, { strict: false });
    const all = { from: '2024-01-01', until: '2026-12-31' };
    const id = idFromBytes(sales);
    let cursor: string | undefined;
    const seen = new Set<Id>();
    for (let page = 0; page < 3; page++) {
      const asked = { ...all, limit: 200, ...(cursor && { cursor }) };
      const { items, nextCursor } = await nord.run(() => entries().page(id, asked));
      for (const item of items) seen.add(item.id);
      cursor = nextCursor!;
    }
    expect(seen.size).toBe(600);
    let count = 0;
    for await (const some of await nord.run(() => entries().all(id, all))) count += some.length;
    expect(count).toBe((DAYS * A_DAY) / 2 + 1);
  });

  it('begin where the page before ended, and join nothing before the page is chosen', async () => {
    const entries = () => test.app.get(AccountEntries, { strict: false });
    const late = { day: '2026-09-01', id: newId() };
    const asked = { from: '2024-01-01', until: '2026-12-31', limit: 200, cursor: encodeCursor(late) };
    for (const page of [
      () => entries().page(idFromBytes(sales), asked),
      async () => test.app.get(JournalReader, { strict: false }).entries('2025-03-01').next(),
    ]) {
      const plans = await transferPlans(page);
      const chosen = plans.filter(({ table }) => table === 'ledger_transfers');
      expect(chosen.length).toBeGreaterThan(0);
      for (const { key, type, rows, Extra } of chosen) {
        expect(key).toMatch(/^ledger_transfers_(debit|credit|day)$/);
        expect([type, rows < 1_000]).toEqual(['range', true]);
        expect(Extra).not.toMatch(/filesort|temporary/);
      }
    }
  });

  it('find what is overdue and what is not delivered by index', async () => {
    const ages = () => test.app.get(AgeReports, { strict: false });
    await expectIndexed(() => ages().arrears());
    await expectIndexed(() => ages().deferredRevenue());
  });
});
