import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { EarnDeliveries } from '../../src/modules/finance/jobs/earn-deliveries.js';
import { IssueInvoice } from '../../src/modules/finance/index.js';
import { FinanceReports } from '../../src/modules/finance/reports/queries/finance-reports.js';
import { CreditInvoice } from '../../src/modules/finance/use-cases/credit-invoice.js';
import { EarnDeferred } from '../../src/modules/finance/use-cases/earn-deferred.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { idToBytes, type Id } from '../../src/platform/values/id.js';
import { krone, Till } from './till.js';

const allDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, starts: '00:00', ends: '24:00' }));

let till: Till;
let teacherId: Id;
let typeId: Id;
let days = 0;
const firstDay = Date.now();

beforeAll(async () => {
  till = await Till.open();
  teacherId = (await till.nord.addTeacher('deferred@nord.example', { workingHours: allDay, licenceClasses: ['BE'] }))
    .id;
  const type = {
    name: 'Vejledning',
    minutes: 45,
    price: krone(650),
    vatRateBp: 2500,
    needsVehicle: false,
    licenceClass: 'BE',
    setupMinutes: 0,
    bufferMinutes: 0,
    cancelNoticeHours: 24,
    cancelFee: krone(300),
    bookableByStudents: true,
  };
  typeId = (await till.nord.owner.post('/lesson-types', type).expect(201)).body.id;
});
afterAll(() => till?.close());
afterEach(() => till.tidy());

/** A time of its own for each lesson: counted from one day, as tests move the clock past midnight and back. */
function someTime(): string {
  days += 1;
  const noon = new Date(firstDay + (3 + days) * 86_400_000);
  noon.setUTCHours(11, 0, 0, 0);
  return noon.toISOString();
}

async function booked() {
  const { id: studentId } = await till.newStudent();
  const startsAt = someTime();
  const wish = { lessonTypeId: typeId, teacherId, startsAt, studentId };
  const { body } = await till.nord.owner.post('/bookings', wish).expect(201);
  return { studentId, startsAt, bookingId: body.id as Id };
}

async function invoiced() {
  const lesson = await booked();
  const { body } = await till.nord.owner.post('/invoices', { studentId: lesson.studentId }).expect(201);
  return { ...lesson, invoiceId: body.id as Id };
}

const runAt = async (time: string | Date) => {
  till.test.clock.set(time);
  await till.test.app.get(EarnDeliveries, { strict: false }).run(till.test.clock.now());
};
/** By then nobody is signed in any more. */
const credit = (invoiceId: Id) =>
  till.nord.run(() => till.test.app.get(CreditInvoice, { strict: false }).execute(invoiceId));
const after = (startsAt: string, minutes = 46) => new Date(Date.parse(startsAt) + minutes * 60_000);

/** What the voucher of an invoice, or the delivery of its charges, moved: key of the account credited → øre. */
async function posted(sources: readonly string[], sourceId: Id): Promise<Record<string, number>> {
  const db = globalQuery<object>(till.test.em.fork());
  const { rows } = await sql<{ account: string; total: number }>`
    SELECT a.account_key AS account, SUM(IF(t.credit_account_id = a.id, t.amount_minor, -t.amount_minor)) AS total
    FROM ledger_transfers t JOIN ledger_accounts a ON a.school_id = t.school_id AND a.id IN (t.credit_account_id, t.debit_account_id)
    WHERE a.student_id IS NULL AND t.source IN (${sql.join(sources)}) AND t.source_id = ${idToBytes(sourceId)} GROUP BY a.account_key`.execute(
    db,
  );
  return Object.fromEntries(rows.map(({ account, total }) => [account.replace(`/-/${teacherId}`, ''), total]));
}

async function chargeOf(bookingId: Id) {
  const { rows } = await sql<{ id: Id; delivered: number; delivers_at: Date | null }>`
    SELECT id, delivered, delivers_at FROM charges WHERE source = 'booking' AND source_id = ${idToBytes(bookingId)}`.execute(
    globalQuery<object>(till.test.em.fork()),
  );
  return rows[0]!;
}

const daysOf = async (chargeId: Id) =>
  (
    await sql<{ day: string }>`
      SELECT cast(occurred_on as char) AS day FROM ledger_transfers WHERE source = 'delivery' AND source_id = ${idToBytes(chargeId)}`.execute(
      globalQuery<object>(till.test.em.fork()),
    )
  ).rows.map(({ day }) => day);

describe('a lesson that is invoiced before it is held', () => {
  it('is deferred, its VAT owed at once, and revenue on the day it ends', async () => {
    const { invoiceId, bookingId, startsAt } = await invoiced();
    expect(await posted(['invoice'], invoiceId)).toEqual({ 'deferred/2500': 52_000, 'output-vat/2500': 13_000 });
    const { id: chargeId } = await chargeOf(bookingId);
    await runAt(after(startsAt, 44));
    expect(await posted(['delivery'], chargeId)).toEqual({});
    await runAt(after(startsAt));
    expect(await posted(['delivery'], chargeId)).toEqual({ 'deferred/2500': -52_000, 'revenue/2500': 52_000 });
    expect(await daysOf(chargeId)).toEqual([startsAt.slice(0, 10)]);
  });

  it('is earned once, however many look at once and however often', async () => {
    const { bookingId, startsAt } = await invoiced();
    const { id: chargeId } = await chargeOf(bookingId);
    till.test.clock.set(after(startsAt));
    const earn = () => till.nord.run(() => till.test.app.get(EarnDeferred, { strict: false }).execute(chargeId, 'due'));
    await Promise.all(Array.from({ length: 8 }, earn));
    await earn();
    expect(await posted(['delivery'], chargeId)).toEqual({ 'deferred/2500': -52_000, 'revenue/2500': 52_000 });
  });

  it('follows the lesson when it is moved', async () => {
    const { bookingId, startsAt } = await invoiced();
    const later = someTime();
    await till.nord.owner.post(`/bookings/${bookingId}/reschedule`, { startsAt: later }).expect(200);
    const { id: chargeId } = await chargeOf(bookingId);
    await runAt(after(startsAt));
    expect(await posted(['delivery'], chargeId)).toEqual({});
    await runAt(after(later));
    expect(await posted(['delivery'], chargeId)).toMatchObject({ 'revenue/2500': 52_000 });
  });

  it('is what its teacher earned, also when it went to another before, and a credit note takes it back from him', async () => {
    const hired = { workingHours: allDay, licenceClasses: ['BE' as const] };
    const second = await till.nord.addTeacher('second@nord.example', hired);
    const [kept, given] = [await invoiced(), await invoiced()];
    const move = { startsAt: someTime(), teacherId: second.id };
    await till.nord.owner.post(`/bookings/${given.bookingId}/reschedule`, move).expect(200);
    await runAt(after(move.startsAt));
    const earned = async () => {
      const day = (at: string) => ({ from: at.slice(0, 10), until: at.slice(0, 10) });
      const reports = till.test.app.get(FinanceReports, { strict: false });
      const of = async (at: string) => (await till.nord.run(() => reports.revenue(day(at), 'teacher'))).rows;
      return [await of(kept.startsAt), await of(move.startsAt)].flat();
    };
    expect(await earned()).toMatchObject([
      { teacherId, productId: null, amount: krone(520) },
      { teacherId: second.id, productId: null, amount: krone(520) },
    ]);
    await credit(given.invoiceId);
    expect(await earned()).toMatchObject([{ teacherId }]);
  });

  it('takes back what is deferred when it is cancelled, and never becomes revenue', async () => {
    const { bookingId, invoiceId, startsAt } = await invoiced();
    await till.nord.owner.post(`/bookings/${bookingId}/cancel`, {}).expect(200);
    const { body } = await till.nord.owner.get('/invoices?limit=100').expect(200);
    const note = body.items.find((each: { creditsInvoiceId: Id }) => each.creditsInvoiceId === invoiceId);
    expect(await posted(['credit_note'], note.id)).toEqual({ 'deferred/2500': -52_000, 'output-vat/2500': -13_000 });
    const { id: chargeId, delivers_at } = await chargeOf(bookingId);
    expect(delivers_at).toBeNull();
    await runAt(after(startsAt));
    expect(await posted(['delivery'], chargeId)).toEqual({});
  });

  it('takes back revenue when it is credited after it was held', async () => {
    const { invoiceId, startsAt } = await invoiced();
    await runAt(after(startsAt));
    expect(await posted(['credit_note'], await credit(invoiceId))).toEqual({
      'revenue/2500': -52_000,
      'output-vat/2500': -13_000,
    });
  });

  it('is earned however many that cannot be earned are due before it', async () => {
    const { bookingId, startsAt, studentId } = await invoiced();
    const { id: chargeId } = await chargeOf(bookingId);
    const db = globalQuery<object>(till.test.em.fork());
    await sql`INSERT INTO charges (id, school_id, student_id, source, source_id, description, gross_minor, currency, vat_rate_bp,
        state, occurred_at, delivered, delivers_at)
      WITH RECURSIVE numbers AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM numbers WHERE n < 201)
      SELECT UNHEX(MD5(n)), ${idToBytes(till.nord.id)}, ${idToBytes(studentId)}, 'manual', UNHEX(MD5(n)), 'stuck', 100, 'DKK', 0,
        'open', NOW(), 0, '2026-01-01' FROM numbers`.execute(db);
    await sql`CREATE TRIGGER charges_stuck BEFORE UPDATE ON charges FOR EACH ROW
      IF OLD.description = 'stuck' AND NEW.delivered = 1 THEN SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'stuck'; END IF`.execute(
      db,
    );
    try {
      await runAt(after(startsAt));
      expect(await posted(['delivery'], chargeId)).toMatchObject({ 'revenue/2500': 52_000 });
    } finally {
      await sql`DROP TRIGGER charges_stuck`.execute(db);
      await sql`DELETE FROM charges WHERE description = 'stuck'`.execute(db);
    }
  });

  it('adds up when it is credited at the moment in which it ends', async () => {
    for (let round = 0; round < 4; round++) {
      const { invoiceId, bookingId, startsAt } = await invoiced();
      const { id: chargeId } = await chargeOf(bookingId);
      till.test.clock.set(after(startsAt));
      await Promise.all([
        till.nord.run(() => till.test.app.get(EarnDeferred, { strict: false }).execute(chargeId, 'due')),
        credit(invoiceId),
      ]);
      await till.tidy();
    }
  });
});

describe('a lesson that is invoiced after it was held', () => {
  it('is revenue at once', async () => {
    const { studentId, startsAt } = await booked();
    await runAt(after(startsAt));
    const invoiceId = await till.nord.run(() =>
      till.test.app.get(IssueInvoice, { strict: false }).execute({ studentId }),
    );
    expect(await posted(['invoice'], invoiceId)).toEqual({ 'revenue/2500': 52_000, 'output-vat/2500': 13_000 });
  });
});
