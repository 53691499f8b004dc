import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { EarnDeliveries } from '../../src/modules/finance/jobs/earn-deliveries.js';
import { IssueInvoice } from '../../src/modules/finance/index.js';
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

/** A time of its own for each lesson, some days from now. */
function someTime(): string {
  days += 1;
  const noon = new Date(till.test.clock.now().getTime() + (3 + days) * 86_400_000);
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
  return Object.fromEntries(rows.map(({ account, total }) => [account, total]));
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
