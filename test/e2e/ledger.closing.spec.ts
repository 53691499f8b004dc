import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { PostTransfers } from '../../src/modules/finance/use-cases/post-transfers.js';
import { bank, cash } from '../../src/modules/finance/domain/account-plan.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { idToBytes, newId, type Id } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import { addDays } from '../../src/platform/values/zone.js';
import { statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterAll(() => till?.close());
afterEach(async () => {
  for (;;) {
    const [latest] = (await standing()).slice(0, 1);
    if (!latest) break;
    await reopen(latest.id).expect(200);
  }
  await till.tidy();
});

const close = (through: string) => till.nord.owner.post('/ledger/closings', { through });
const reopen = (id: Id) => till.nord.owner.post(`/ledger/closings/${id}/reopen`, { reason: 'Et bilag manglede' });

async function standing(): Promise<{ id: Id; through: string }[]> {
  const { body } = await till.nord.owner.get('/ledger/closings?limit=100').expect(200);
  return body.items.filter(({ reopenedAt }: { reopenedAt: string | null }) => reopenedAt === null);
}

/** Ten kroner from the till to the bank; moves nothing that an invoice or a payment stands for. */
function post(occurredOn: string, sourceId = newId()): Promise<Id> {
  const posting = { debit: bank(), credit: cash(), amount: Money.of(1_000) };
  const voucher = { source: 'payment', sourceId, occurredOn } as const;
  return till.nord.run(async () => {
    await till.test.app.get(PostTransfers, { strict: false }).execute(voucher, [posting]);
    return sourceId;
  });
}

async function dayOf(sourceId: Id): Promise<string> {
  const { rows } = await sql<{ day: string }>`
    SELECT cast(occurred_on AS char) AS day FROM ledger_transfers WHERE source_id = ${idToBytes(sourceId)}`.execute(
    globalQuery<object>(till.test.em.fork()),
  );
  return rows[0]!.day;
}

describe('closing the books', () => {
  it('makes what is dated before go to the first open day', async () => {
    const yesterday = addDays(till.today(), -1);
    await close(yesterday).expect(201);
    expect(await dayOf(await post(addDays(yesterday, -40)))).toBe(till.today());
    expect(await dayOf(await post(yesterday))).toBe(till.today());
    expect(await dayOf(await post(till.today()))).toBe(till.today());
  });

  it('is refused by the database itself, for whoever goes round it', async () => {
    const yesterday = addDays(till.today(), -1);
    const made = await post(till.today());
    await close(yesterday).expect(201);
    const copy = (day: string) =>
      sql`INSERT INTO ledger_transfers (id, school_id, debit_account_id, credit_account_id, amount_minor, currency, occurred_on, source, source_id, created_at)
        SELECT ${idToBytes(newId())}, school_id, debit_account_id, credit_account_id, amount_minor, currency, ${day}, source, ${idToBytes(newId())}, created_at
        FROM ledger_transfers WHERE source_id = ${idToBytes(made)}`.execute(globalQuery<object>(till.test.em.fork()));
    await expect(copy(yesterday)).rejects.toThrow('the books are closed for that day');
    await copy(till.today());
  });

  it('takes days that are over, each later than the one before', async () => {
    const refused = await close(till.today()).expect(422);
    expect(refused.body).toMatchObject({ code: 'books.period_not_over', errors: [{ field: 'through' }] });
    await close('2026-01-31').expect(201);
    expect((await close('2026-01-31').expect(409)).body.code).toBe('books.closed_already');
    expect((await close('2026-01-01').expect(409)).body.code).toBe('books.closed_already');
    await close('2026-02-28').expect(201);
    const [latest, first] = await standing();
    expect((await reopen(first!.id).expect(409)).body.code).toBe('books.not_latest_closing');
    expect((await reopen(latest!.id).expect(200)).body).toMatchObject({ reopenReason: 'Et bilag manglede' });
    expect((await reopen(latest!.id).expect(409)).body.code).toBe('books.not_latest_closing');
    await close('2026-02-01').expect(201);
  });

  it('is done once, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 5 }, () => close('2026-03-31')));
    expect(statusesOf(answers)).toEqual([201, 409, 409, 409, 409]);
    const [latest] = await standing();
    expect(statusesOf(await Promise.all([reopen(latest!.id), reopen(latest!.id)]))).toEqual([200, 409]);
  });

  it('lets nothing slip past that is being posted at the same moment', async () => {
    const yesterday = addDays(till.today(), -1);
    const posted = Promise.all(Array.from({ length: 12 }, () => post(yesterday)));
    await close(yesterday).expect(201);
    const days = await Promise.all((await posted).map(dayOf));
    expect(days.every((day) => day === yesterday || day === till.today())).toBe(true);
  });

  it('is each school’s own, and the owner’s', async () => {
    const { body } = await close('2026-03-31').expect(201);
    await till.syd.owner.post(`/ledger/closings/${body.id}/reopen`, { reason: 'x' }).expect(404);
    expect((await till.syd.owner.get('/ledger/closings').expect(200)).body.items).toEqual([]);
    const office = await till.nord.join('books.office@nord.example', 'office');
    await office.post('/ledger/closings', { through: '2026-04-30' }).expect(403);
    await office.get('/ledger/closings').expect(200);
    await till.nord.teacher.caller.get('/ledger/closings').expect(403);
  });
});
