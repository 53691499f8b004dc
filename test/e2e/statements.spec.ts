import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { type Caller, openTestSchool } from '../support/test-school.js';
import { pdfText } from '../support/pdf-text.js';
import { raw } from '../support/raw-answer.js';
import { krone, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

interface Entry {
  readonly id: Id;
  readonly kind: string;
  readonly number: number | null;
  readonly amount: { readonly amount: number };
  readonly balance: { readonly amount: number };
}

interface Statement {
  readonly opening: { readonly amount: number };
  readonly items: readonly Entry[];
  readonly nextCursor: string | null;
}

async function statement(caller: Caller, studentId: Id, query = ''): Promise<Statement> {
  return (await caller.get(`/students/${studentId}/statement?${query}`).expect(200)).body;
}

/** All pages of that size; what each page opens with is what the one before closed with. */
async function walk(caller: Caller, studentId: Id, limit: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Statement = await statement(caller, studentId, `limit=${limit}${cursor && `&cursor=${cursor}`}`);
    expect(page.opening.amount).toBe(entries.at(-1)?.balance.amount ?? 0);
    entries.push(...page.items);
    cursor = page.nextCursor;
  }
  return entries;
}

describe('a statement of account', () => {
  it('has every voucher once, with what is owed after it', async () => {
    const { invoiceId, number, paymentId, student, studentId } = await till.paid();
    const [line] = (await till.invoice(invoiceId)).lines;
    const { owner } = till.nord;
    const credit = { lines: [{ lineId: line.id, amount: krone(150) }] };
    const { body: note } = await owner.post(`/invoices/${invoiceId}/credit-notes`, credit).expect(201);
    await owner.post(`/payments/${paymentId}/refunds`, { amount: krone(100), reason: 'krediteret' }).expect(202);
    await till.test.settle();

    const { opening, items, nextCursor } = await statement(student, studentId);
    expect([opening.amount, nextCursor]).toEqual([0, null]);
    expect(items.map(({ kind, number: of, amount, balance }) => [kind, of, amount.amount, balance.amount])).toEqual([
      ['invoice', number, 65_000, 65_000],
      ['payment', null, -65_000, 0],
      ['credit_note', note.number, -15_000, -15_000],
      ['refund', null, 10_000, -5_000],
    ]);
    expect(items.at(-1)!.balance.amount).toBe(await till.balance(studentId));
    for (const limit of [1, 2, 3]) expect(await walk(owner, studentId, limit)).toEqual(items);
  });

  it('begins with what was owed before its first day', async () => {
    const { studentId } = await till.invoiced();
    const { owner } = till.nord;
    const tomorrow = new Date(Date.parse(till.today()) + 86_400_000).toISOString().slice(0, 10);
    expect(await statement(owner, studentId, `from=${tomorrow}`)).toMatchObject({ opening: krone(650), items: [] });
    expect(await statement(owner, studentId, `until=2020-01-01`)).toMatchObject({ opening: krone(0), items: [] });
    expect((await statement(owner, studentId, `from=${till.today()}`)).items).toHaveLength(1);
  });

  it('comes as text too, in both languages', async () => {
    const { studentId, number } = await till.invoiced();
    const download = async (language: string) =>
      (await till.nord.owner.get(`/students/${studentId}/statement.csv?language=${language}`).expect(200)).text;
    expect((await download('da')).split('\r\n')).toEqual([
      '\uFEFFDato;Tekst;Beløb;Saldo',
      ';Primo;;0,00',
      `${till.today()};Faktura ${number};650,00;650,00`,
      '',
    ]);
    expect(await download('en')).toContain(`Invoice ${number};650.00;650.00`);
  });

  it('comes on paper too, over as many pages as it needs, with the balance it ends with', async () => {
    const { studentId, number } = await till.invoiced();
    const print = (query: string) => raw(till.nord.owner.get(`/students/${studentId}/statement.pdf?${query}`));
    const { body, headers } = await print('language=da').expect(200);
    expect(headers['content-type']).toBe('application/pdf');
    for (const part of ['Kontoudtog', 'Freja Lund', `Faktura ${number}`, 'Saldo i alt', '650,00 kr.', 'Side 1'])
      expect(pdfText(body)).toContain(part);
    const receivedOn = till.today();
    const payment = { studentId, method: 'cash', amount: krone(1), receivedOn, allocations: [] };
    const pay = () => till.nord.owner.post('/payments', payment).expect(201);
    for (let batch = 0; batch < 21; batch++) await Promise.all(Array.from({ length: 10 }, pay));
    const long = pdfText((await print('language=en').expect(200)).body);
    expect(long.match(/Payment/g)).toHaveLength(210);
    for (const part of ['Statement of account', 'Page 5', 'Closing balance', 'DKK 440.00'])
      expect(long).toContain(part);
    expect(long.match(/Closing balance\nDKK 440.00/)).not.toBeNull();
  });

  it('is nobody else’s, and takes no made-up cursor', async () => {
    const { studentId, student } = await till.invoiced();
    for (const other of [till.nord.student.caller, till.syd.owner]) {
      await other.get(`/students/${studentId}/statement`).expect(404);
      await other.get(`/students/${studentId}/statement.csv`).expect(404);
      await other.get(`/students/${studentId}/statement.pdf`).expect(404);
    }
    const { id: nothing } = await till.newStudent();
    expect(await statement(till.nord.owner, nothing)).toMatchObject({ opening: krone(0), items: [], nextCursor: null });
    for (const cursor of ['x', Buffer.from('{"on":"2026-13-01","id":"x"}').toString('base64url')])
      await student.get(`/students/${studentId}/statement?cursor=${cursor}`).expect(400);
    await student.get(`/students/${studentId}/statement?from=yesterday`).expect(400);
  });

  it('of ten thousand entries is read page by page, by index', async () => {
    const school = await openTestSchool(till.test, 'lang');
    const { owner, student } = school;
    const charge = { studentId: student.id, description: 'Bog', gross: krone(10), vatRateBp: 0 };
    await owner.post('/charges', charge).expect(201);
    await owner.post('/invoices', { studentId: student.id }).expect(201);
    const db = globalQuery<object>(till.test.em.fork());
    const { rows: sample } = await sql<{ debit: Id; credit: Id }>`
      SELECT debit_account_id AS debit, credit_account_id AS credit FROM ledger_transfers
      WHERE school_id = ${bin(school.id)}`.execute(db);
    const { debit, credit } = sample[0]!;
    for (let chunk = 0; chunk < 20; chunk++) {
      const values = Array.from({ length: 500 }, (_, index) => {
        const day = `2020-${String(1 + (chunk % 12)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
        const [from, to] = index % 2 === 0 ? [debit, credit] : [credit, debit];
        return sql`(${bin(newId())}, ${bin(school.id)}, ${bin(from)}, ${bin(to)}, ${100 + index}, 'DKK', ${day}, 'payment',
          ${bin(newId())}, NOW(3))`;
      });
      await sql`INSERT INTO ledger_transfers (id, school_id, debit_account_id, credit_account_id, amount_minor, currency,
        occurred_on, source, source_id, created_at) VALUES ${sql.join(values)}`.execute(db);
    }
    const begun = performance.now();
    const entries = await walk(owner, student.id, 200);
    const perPage = (performance.now() - begun) / (entries.length / 200);
    expect(entries).toHaveLength(10_001);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(10_001);
    const { body } = await owner.get(`/students/${student.id}/account`).expect(200);
    expect(entries.at(-1)!.balance).toEqual(body.balance);
    expect(perPage).toBeLessThan(1_000);
    const lines = (await owner.get(`/students/${student.id}/statement.csv`).expect(200)).text.split('\r\n');
    expect(lines).toHaveLength(10_004);
  });
});
