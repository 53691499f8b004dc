import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { setTimeout as sleep } from 'node:timers/promises';
import { PackagedLessons } from '../../src/modules/bookings/queries/packaged-lessons.js';
import { EarnDeliveries } from '../../src/modules/finance/jobs/earn-deliveries.js';
import { PackageAudit } from '../../src/modules/finance/index.js';
import { CreditInvoice } from '../../src/modules/finance/use-cases/credit-invoice.js';
import { inTransaction } from '../../src/platform/database/transaction.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import type { Caller } from '../support/test-school.js';
import { krone, statusesOf, Till } from './till.js';

const monday = '2026-11-30';
const friday = '2026-12-04';

let till: Till;
let owner: Caller;
let lessonProduct: Id;
let book: Id;

beforeAll(async () => {
  till = await Till.open();
  owner = till.nord.owner;
  lessonProduct = await product('KOR', 'Kørelektion', 650, till.nord.lessonTypeId);
  book = await product('BOG', 'Lærebog', 200);
});
afterEach(async () => {
  await till.tidy();
  expect(await verified()).toEqual([]);
});
afterAll(() => till?.close());

async function verified(): Promise<string[]> {
  const proofs = [PackageAudit, PackagedLessons].map((proof) => till.test.app.get(proof, { strict: false }));
  const findings: string[] = [];
  for (const proof of proofs) findings.push(...(await till.nord.run(() => proof.verify())));
  return findings;
}

async function product(code: string, name: string, price: number, lessonTypeId?: Id): Promise<Id> {
  const { body } = await owner.post('/products', { code, name, lessonTypeId }).expect(201);
  const listed = { validFrom: '2026-01-01', gross: krone(price), vatRateBp: 2500 };
  await owner.post(`/products/${body.id}/prices`, listed).expect(201);
  return body.id;
}

const offer = (lessons: number, price: number, more: object = {}) => ({
  name: 'Lovpakke B',
  price: krone(price),
  validMonths: 12,
  parts: [
    { productId: lessonProduct, quantity: lessons },
    { productId: book, quantity: 1 },
  ],
  ...more,
});

async function sold(lessons: number, price: number, more: object = {}) {
  const { id: studentId, caller } = await till.newStudent();
  const { body: offered } = await owner.post('/packages', offer(lessons, price, more)).expect(201);
  const { body } = await owner.post(`/students/${studentId}/packages`, { packageId: offered.id }).expect(201);
  return { studentId, caller, id: body.id as Id, body };
}

/** Each lesson in a test at a time of its own. */
let lessons = 0;
function book1(studentId: Id, day = monday, by = owner) {
  lessons += 1;
  const body = {
    lessonTypeId: till.nord.lessonTypeId,
    studentId,
    startsAt: `${day}T${times[lessons % times.length]}:00Z`,
  };
  return by.post('/bookings', body);
}
const times = ['08:00', '09:00', '10:00', '11:00', '12:00', '13:00'];

/** How often what was invoiced of the charge became revenue and is it still, and how often it was taken back, by what was moved. */
async function earnings(chargeId: Id) {
  const { rows } = await sql<{ source: string; moved: number | string }>`
    SELECT t.source, SUM(t.amount_minor) / MAX(l.net_minor) AS moved FROM ledger_transfers t
    JOIN charges c ON c.school_id = t.school_id JOIN invoice_lines l ON l.school_id = c.school_id AND l.charge_id = c.id
    WHERE c.id = ${bin(chargeId)} AND (t.source_id = c.id OR t.source_id = c.delivery_id) AND t.source LIKE 'delivery%'
    GROUP BY t.source`.execute(globalQuery(till.test.em.fork()));
  const moved = (source: string) => Number(rows.find((row) => row.source === source)?.moved ?? 0);
  return { kept: moved('delivery') - moved('delivery_reversal'), takenBack: moved('delivery_reversal') };
}

const read = async (id: Id) => (await owner.get(`/sold-packages/${id}`).expect(200)).body;
const left = async (id: Id) =>
  (await read(id)).parts.find(({ productId }: { productId: Id }) => productId === lessonProduct).left as number;

async function chargesOf(studentId: Id, source: string) {
  const { body } = await owner.get(`/charges?studentId=${studentId}&limit=100`).expect(200);
  return body.items.filter((charge: { source: string; state: string }) => charge.source === source);
}

describe('a package', () => {
  it('is sold for its price, shared by list price, and shows the student what is left', async () => {
    const { studentId, caller, id, body } = await sold(3, 1500);
    expect(body).toMatchObject({ state: 'active', price: krone(1500), studentId, buyerId: studentId });
    const charges = await chargesOf(studentId, 'package');
    const sum = charges.reduce((total: number, { gross }: { gross: { amount: number } }) => total + gross.amount, 0);
    expect([charges.length, sum]).toEqual([4, 150_000]);
    expect((await caller.get('/sold-packages').expect(200)).body.items).toMatchObject([
      {
        id,
        parts: [
          { name: 'Kørelektion', bought: 3, used: 0, left: 3 },
          { name: 'Lærebog', left: 1 },
        ],
      },
    ]);
    const stranger = (await till.newStudent()).caller;
    await stranger.get(`/sold-packages/${id}`).expect(404);
    await till.syd.owner.get(`/sold-packages/${id}`).expect(404);
    await caller.post(`/sold-packages/${id}/withdrawal`, {}).expect(403);
  });

  it('never changes: a new version takes its place', async () => {
    const { body: first } = await owner.post('/packages', offer(2, 1000)).expect(201);
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => owner.post(`/packages/${first.id}/versions`, offer(2, 900))),
    );
    expect(statusesOf(answers)).toEqual([201, 409, 409, 409]);
    const { id: studentId } = await till.newStudent();
    const old = await owner.post(`/students/${studentId}/packages`, { packageId: first.id }).expect(409);
    expect(old.body.code).toBe('package.archived');
    expect((await owner.get(`/packages/${first.id}`).expect(200)).body).toMatchObject({ version: 1, archived: true });
  });

  it('refuses what makes no sense', async () => {
    const code = async (body: object, status: number) => (await owner.post('/packages', body).expect(status)).body.code;
    expect(await code(offer(1, 0), 422)).toBe('money.not_positive');
    const twice = [1, 2].map((quantity) => ({ productId: book, quantity }));
    expect(await code(offer(1, 1, { parts: twice }), 422)).toBe('package.part_twice');
    expect(await code(offer(100, 1), 422)).toBe('package.too_large');
    expect(await code(offer(1, 1, { parts: [{ productId: newId(), quantity: 1 }] }), 404)).toBe('product.not_found');
    const { body: unpriced } = await owner.post('/products', { code: 'UP', name: 'Uden pris' }).expect(201);
    const parts = [{ productId: unpriced.id, quantity: 1 }];
    const { body: offered } = await owner.post('/packages', offer(1, 1, { parts })).expect(201);
    const { id: studentId } = await till.newStudent();
    const refused = await owner.post(`/students/${studentId}/packages`, { packageId: offered.id }).expect(409);
    expect(refused.body.code).toBe('package.part_without_price');
    const { body: cheap } = await owner
      .post('/packages', offer(9, 1, { price: { amount: 3, currency: 'DKK' } }))
      .expect(201);
    const nothing = await owner.post(`/students/${studentId}/packages`, { packageId: cheap.id }).expect(409);
    expect(nothing.body.code).toBe('package.too_cheap');
  });
});

describe('a lesson', () => {
  it('uses what is left instead of costing anything, and is charged when nothing is', async () => {
    const { studentId, id } = await sold(1, 700);
    const { body: covered } = await book1(studentId).expect(201);
    expect(await left(id)).toBe(0);
    expect(await chargesOf(studentId, 'booking')).toEqual([]);
    const { body: charged } = await book1(studentId).expect(201);
    expect(await chargesOf(studentId, 'booking')).toMatchObject([{ sourceId: charged.id, gross: krone(650) }]);

    await owner.post(`/bookings/${covered.id}/cancel`, {}).expect(200);
    expect(await left(id)).toBe(1);
  });

  it('of several booked at once, the last that is left is used by one', async () => {
    const { studentId, id } = await sold(1, 700);
    const answers = await Promise.all(times.map(() => book1(studentId, friday)));
    expect(statusesOf(answers)).toEqual(times.map(() => 201));
    expect(await left(id)).toBe(0);
    expect(await chargesOf(studentId, 'booking')).toHaveLength(times.length - 1);
    for (const { body } of answers) await owner.post(`/bookings/${body.id}/cancel`, {}).expect(200);
  });

  it('that is cancelled too late keeps it used, and costs nothing besides; waived, it is there again', async () => {
    const { studentId, id } = await sold(2, 1200);
    const { body: lesson } = await book1(studentId, monday).expect(201);
    till.test.clock.set(new Date(+new Date(lesson.startsAt) - 3_600_000).toISOString());
    const then = await till.nord.join('then@nord.example', 'owner');
    const { body: late } = await then.post(`/bookings/${lesson.id}/cancel`, { forStudent: true }).expect(200);
    expect(late.state).toBe('cancelled');
    till.test.clock.follow();
    expect(await left(id)).toBe(1);
    expect(await chargesOf(studentId, 'cancellation_fee')).toEqual([]);
    await owner.post(`/bookings/${lesson.id}/fee-waiver`, { reason: 'Syg' }).expect(200);
    expect(await left(id)).toBe(2);
  });

  it('that was earned and is handed back is deferred again, and earned when it is used', async () => {
    const { studentId } = await sold(1, 650);
    await owner.post('/invoices', { studentId }).expect(201);
    const lesson = (await chargesOf(studentId, 'package')).find(({ description }: { description: string }) =>
      description.includes('Kørelektion'),
    )!;
    const day = { first: '2026-12-10', second: '2026-12-16' };
    for (const [startsOn, credited] of [
      [day.first, 1],
      [day.second, 2],
    ] as const) {
      const { body: booked } = await book1(studentId, startsOn).expect(201);
      till.test.clock.set(new Date(+new Date(booked.startsAt) - 3_600_000));
      const then = await till.nord.join(`earner${startsOn}@nord.example`, 'owner');
      await then.post(`/bookings/${booked.id}/cancel`, { forStudent: true }).expect(200);
      await till.test.app.get(EarnDeliveries, { strict: false }).run(till.test.clock.now());
      expect(await earnings(lesson.id)).toMatchObject({ kept: 1, takenBack: credited - 1 });
      if (credited === 1) {
        await then.post(`/bookings/${booked.id}/fee-waiver`, { reason: 'Syg' }).expect(200);
        expect(await earnings(lesson.id)).toMatchObject({ kept: 0, takenBack: 1 });
      }
      till.test.clock.follow();
    }
  });

  it('moved past its last day frees it, and is charged', async () => {
    const { studentId, id } = await sold(1, 700, { validMonths: 1 });
    const { validUntil } = await read(id);
    const { body: lesson } = await book1(studentId, monday).expect(201);
    expect(await left(id)).toBe(0);
    const startsAt = `${new Date(+new Date(validUntil) + 21 * 86_400_000).toISOString().slice(0, 8)}13T12:00:00Z`;
    const later = await owner.post(`/bookings/${lesson.id}/reschedule`, { startsAt: weekday(startsAt) }).expect(200);
    expect(later.body.startsAt > validUntil).toBe(true);
    expect(await left(id)).toBe(1);
    expect(await chargesOf(studentId, 'booking')).toMatchObject([{ sourceId: lesson.id, state: 'open' }]);
  });

  it('after the last day costs what it costs', async () => {
    const { studentId, id } = await sold(1, 700, { validMonths: 1 });
    await book1(studentId, '2027-02-01').expect(201);
    expect(await left(id)).toBe(1);
    till.test.clock.set('2027-02-02T08:00:00Z');
    const then = await till.nord.join('later@nord.example', 'owner');
    const { body: over } = await then.get(`/sold-packages/${id}`).expect(200);
    expect(over).toMatchObject({ state: 'expired', parts: [{ left: 0 }, { left: 0 }] });
  });

  it('uses no part that was credited by hand', async () => {
    const { studentId, id } = await sold(1, 700);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    await owner.post(`/invoices/${invoice.id}/credit-notes`, {}).expect(201);
    expect(await left(id)).toBe(0);
    await book1(studentId, '2026-12-07').expect(201);
    expect(await chargesOf(studentId, 'booking')).toHaveLength(1);
  });
});

describe('a part that is credited while a lesson takes it', () => {
  it('pays for no lesson', async () => {
    const { studentId, id } = await sold(1, 700);
    await owner.post('/invoices', { studentId }).expect(201);
    const charges: { id: Id; description: string; invoiceId: Id }[] = await chargesOf(studentId, 'package');
    const lesson = charges.find(({ description }) => description.includes('Kørelektion'))!;
    const { lines, id: invoiceId } = await till.invoice(lesson.invoiceId);
    const { id: lineId } = lines.find(({ chargeId }: { chargeId: Id }) => chargeId === lesson.id);
    const credit = till.test.app.get(CreditInvoice, { strict: false });
    const wanted = { lessonTypeId: till.nord.lessonTypeId, studentId };
    let booked: ReturnType<typeof book1> | undefined;
    await till.nord.run(() =>
      inTransaction(till.test.em, async () => {
        await credit.execute(invoiceId, { lines: [{ lineId }] });
        // The booking has chosen its part by then, and waits for what is done here.
        booked = owner.post('/bookings', { ...wanted, startsAt: '2026-12-01T08:00:00Z' });
        void booked.then(() => undefined);
        await sleep(1_500);
      }),
    );
    await booked!.expect(201);
    expect(await chargesOf(studentId, 'booking')).toHaveLength(1);
    expect(await left(id)).toBe(0);
  });
});

describe('giving a package back', () => {
  it('sets off what was used at list price, and leaves the rest as the student’s credit', async () => {
    const { studentId, caller, id } = await sold(3, 1500);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    await till.pay((await till.checkout(caller, invoice.id)).url);
    await owner.post(`/sold-packages/${id}/hand-over`, { productId: lessonProduct }).expect(200);
    const { body: preview } = await owner.get(`/sold-packages/${id}/withdrawal`).expect(200);
    expect(preview).toMatchObject({ price: krone(1500), usedAtList: krone(650), returned: krone(850) });
    const changed = await owner.post(`/sold-packages/${id}/withdrawal`, { expectedReturn: krone(1) }).expect(409);
    expect(changed.body.code).toBe('sold_package.set_off_changed');
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        owner.post(`/sold-packages/${id}/withdrawal`, { expectedReturn: preview.returned }),
      ),
    );
    expect(statusesOf(answers)).toEqual([200, 409, 409, 409]);
    expect(await read(id)).toMatchObject({ state: 'withdrawn' });
    expect(await till.balance(studentId)).toBe(-85_000);
    const [setOff] = await chargesOf(studentId, 'package_set_off');
    expect(await till.invoice(setOff.invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('voids what was not invoiced yet, and charges what was used at list price', async () => {
    const { studentId, id } = await sold(3, 1500);
    await owner.post(`/sold-packages/${id}/hand-over`, { productId: lessonProduct }).expect(200);
    await owner.post(`/sold-packages/${id}/withdrawal`, {}).expect(200);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    expect(invoice.gross).toEqual(krone(650));
    const none = await owner.post(`/sold-packages/${id}/hand-over`, { productId: book }).expect(409);
    expect(none.body.code).toBe('sold_package.ended');
  });

  it('takes no more than the price, when nearly all of it was used', async () => {
    const { studentId, id } = await sold(2, 400);
    for (const productId of [lessonProduct, lessonProduct])
      await owner.post(`/sold-packages/${id}/hand-over`, { productId }).expect(200);
    const none = await owner.post(`/sold-packages/${id}/hand-over`, { productId: lessonProduct }).expect(409);
    expect(none.body.code).toBe('sold_package.nothing_left');
    const { body: preview } = await owner.get(`/sold-packages/${id}/withdrawal`).expect(200);
    expect(preview).toMatchObject({ usedAtList: krone(1300), returned: krone(0) });
    await owner.post(`/sold-packages/${id}/withdrawal`, {}).expect(200);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    expect(invoice.gross).toEqual(krone(400));
  });

  it('brings back no more than is left of what was credited by hand before', async () => {
    const { studentId, caller, id } = await sold(2, 1000);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    await till.pay((await till.checkout(caller, invoice.id)).url);
    await owner.post(`/sold-packages/${id}/hand-over`, { productId: lessonProduct }).expect(200);
    const { lines } = await till.invoice(invoice.id);
    const [first, second, books] = lines as { id: Id; gross: { amount: number; currency: string } }[];
    await owner
      .post(`/invoices/${invoice.id}/credit-notes`, {
        lines: [{ lineId: books!.id }, { lineId: second!.id, amount: krone(100) }],
      })
      .expect(201);
    const before = await till.balance(studentId);
    const { body: preview } = await owner.get(`/sold-packages/${id}/withdrawal`).expect(200);
    const comesBack = second!.gross.amount - 10_000;
    expect(preview).toMatchObject({ returned: { amount: comesBack - (65_000 - first!.gross.amount) } });
    await owner.post(`/sold-packages/${id}/withdrawal`, { expectedReturn: preview.returned }).expect(200);
    expect(before - (await till.balance(studentId))).toBe(preview.returned.amount);
  });

  it('waits until a write-off that left less than comes back is reversed', async () => {
    const { studentId, id } = await sold(2, 1000);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    await owner.post(`/sold-packages/${id}/hand-over`, { productId: book }).expect(200);
    await owner.post(`/invoices/${invoice.id}/write-offs`, { amount: krone(900), reason: 'Tab' }).expect(201);
    const refused = await owner.post(`/sold-packages/${id}/withdrawal`, {}).expect(409);
    expect(refused.body.code).toBe('invoice.written_off');
    expect(await read(id)).toMatchObject({ state: 'active' });
  });

  it('waits for lessons ahead', async () => {
    const { studentId, id } = await sold(1, 700);
    const { body: lesson } = await book1(studentId, friday).expect(201);
    const refused = await owner.post(`/sold-packages/${id}/withdrawal`, {}).expect(409);
    expect(refused.body).toMatchObject({ code: 'sold_package.lessons_ahead', lessons: 1 });
    await owner.post(`/bookings/${lesson.id}/cancel`, {}).expect(200);
    await owner.post(`/sold-packages/${id}/withdrawal`, {}).expect(200);
  });

  it('and booking at once leave nothing half done', async () => {
    const { studentId, id } = await sold(3, 1500);
    const [withdrawn] = await Promise.all([
      owner.post(`/sold-packages/${id}/withdrawal`, {}),
      book1(studentId, friday).expect(201),
      book1(studentId, friday).expect(201),
    ]);
    expect([200, 409]).toContain(withdrawn.status);
  });
});

describe('a package handed to another student', () => {
  it('pays for his lessons, while the buyer owes its price', async () => {
    const { studentId, id } = await sold(2, 1200);
    const { id: other } = await till.newStudent();
    await book1(studentId).expect(201);
    const { body } = await owner.post(`/sold-packages/${id}/transfer`, { studentId: other }).expect(200);
    expect(body).toMatchObject({ studentId: other, buyerId: studentId });
    await book1(other).expect(201);
    expect(await left(id)).toBe(0);
    expect(await chargesOf(other, 'booking')).toEqual([]);
    expect(await chargesOf(studentId, 'package')).toHaveLength(3);
    const same = await owner.post(`/sold-packages/${id}/transfer`, { studentId: other }).expect(422);
    expect(same.body.code).toBe('sold_package.same_student');
    await owner.post(`/sold-packages/${id}/transfer`, { studentId: till.syd.student.id }).expect(404);
  });
});

describe('a lesson cancelled after its package was handed on', () => {
  it('is there again for whoever has the package', async () => {
    const { studentId, id } = await sold(1, 700);
    const { id: other } = await till.newStudent();
    const { body: lesson } = await book1(studentId, friday).expect(201);
    await owner.post(`/sold-packages/${id}/transfer`, { studentId: other }).expect(200);
    await owner.post(`/bookings/${lesson.id}/cancel`, {}).expect(200);
    await book1(other, friday).expect(201);
    expect(await left(id)).toBe(0);
    expect(await chargesOf(other, 'booking')).toEqual([]);
  });
});

describe('the proof', () => {
  it('finds a part too many, and one that is used by no booking', async () => {
    const { id } = await sold(2, 1200);
    const db = globalQuery<object>(till.test.em.fork());
    const lost = newId();
    await sql`UPDATE package_units SET state = 'used', booking_id = ${bin(lost)}, used_at = now(3)
      WHERE sold_package_id = ${bin(id)} LIMIT 1`.execute(db);
    expect(await verified()).toEqual([expect.stringContaining('is used by no booking')]);
    await sql`UPDATE package_units SET share_minor = share_minor - 1 WHERE booking_id = ${bin(lost)}`.execute(db);
    const names = (await verified()).map((line) => line.split(':')[0]);
    expect(names).toEqual(
      expect.arrayContaining([
        'the shares of a package are its price',
        'each part of a package is charged with its share, until it is given back',
      ]),
    );
    await sql`UPDATE package_units SET share_minor = share_minor + 1, state = 'open', booking_id = NULL, used_at = NULL
      WHERE booking_id = ${bin(lost)}`.execute(db);
  });
});

/** The same time on the next day that is no weekend. */
function weekday(time: string): string {
  const at = new Date(time);
  while ([0, 6].includes(at.getUTCDay())) at.setUTCDate(at.getUTCDate() + 1);
  return at.toISOString();
}
