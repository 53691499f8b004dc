import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { DiscountAudit } from '../../src/modules/finance/discounts/queries/discount-audit.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { idToBytes, newId, type Id } from '../../src/platform/values/id.js';
import type { Caller } from '../support/test-school.js';
import { krone, statusesOf, Till } from './till.js';

interface Charge {
  readonly id: Id;
  readonly source: string;
  readonly sourceId: Id;
  readonly state: string;
}

let till: Till;
let owner: Caller;
let numbers = 0;

beforeAll(async () => {
  till = await Till.open();
  owner = till.nord.owner;
});
afterEach(async () => {
  await till.tidy();
  const audit = till.test.app.get(DiscountAudit, { strict: false });
  expect(await till.nord.run(() => audit.verify())).toEqual([]);
});
afterAll(() => till?.close());

async function voucher(more: object = {}): Promise<{ id: Id; code: string }> {
  const code = `Sommer${(numbers += 1)}`;
  const body = { code, kind: 'percentage', percentBp: 1000, validFrom: '2026-01-01', ...more };
  return (await owner.post('/discounts', body).expect(201)).body;
}

const amount = (price: number) => ({ kind: 'amount', percentBp: undefined, amount: krone(price) });
const use = (by: Caller, chargeId: Id, code: string) => by.post(`/charges/${chargeId}/discount`, { code });
const chargesOf = async (studentId: Id) =>
  (await owner.get(`/charges?studentId=${studentId}`).expect(200)).body.items as Charge[];
const uses = async (id: Id) =>
  (await owner.get('/discounts?limit=100').expect(200)).body.items.find((one: { id: Id }) => one.id === id).uses;

describe('a voucher', () => {
  it('makes a charge cheaper, says so on the invoice, and lowers the VAT', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const chargeId = await till.charge(studentId, 650);
    const { code } = await voucher();
    const { body: charge } = await use(caller, chargeId, code.toLowerCase()).expect(200);
    expect(charge).toMatchObject({ state: 'open', gross: krone(585) });
    expect(charge.description).toContain(`(${code}: −65,00 kr.)`);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    expect(invoice.vatByRate).toMatchObject([{ vatRateBp: 2500, net: krone(468), vat: krone(117), gross: krone(585) }]);
    const late = await owner.delete(`/charges/${chargeId}/discount`).expect(409);
    expect(late.body.code).toBe('charge.not_open');
  });

  it('that pays for all of it voids the charge, and can be taken off again', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const chargeId = await till.charge(studentId, 650);
    const { id, code } = await voucher(amount(1000));
    expect((await use(caller, chargeId, code).expect(200)).body).toMatchObject({ state: 'voided' });
    expect(await uses(id)).toBe(1);
    await owner.delete(`/charges/${chargeId}/discount`).expect(204);
    expect((await owner.delete(`/charges/${chargeId}/discount`).expect(409)).body.code).toBe('discount.none_given');
    expect(await uses(id)).toBe(0);
    expect((await owner.post('/invoices', { studentId }).expect(201)).body.gross).toEqual(krone(650));
  });

  it('taken off after its lesson was cancelled leaves nothing to pay but the fee for cancelling', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const { lessonTypeId } = till.nord;
    const covered = async (startsAt: string) => {
      const { body } = await owner.post('/bookings', { lessonTypeId, studentId, startsAt }).expect(201);
      const lesson = (await chargesOf(studentId)).find(({ sourceId }) => sourceId === body.id)!;
      const { id, code } = await voucher(amount(1000));
      await use(caller, lesson.id, code).expect(200);
      return { bookingId: body.id as Id, chargeId: lesson.id, voucherId: id };
    };
    const inTime = await covered('2026-12-07T08:00:00Z');
    await owner.post(`/bookings/${inTime.bookingId}/cancel`, {}).expect(200);
    expect(await uses(inTime.voucherId)).toBe(0);
    await owner.delete(`/charges/${inTime.chargeId}/discount`).expect(204);
    expect((await chargesOf(studentId)).map(({ state }) => state)).toEqual(['voided']);

    const late = await covered('2026-12-07T10:00:00Z');
    till.test.clock.set('2026-12-07T09:00:00Z');
    const then = await till.nord.join('then@nord.example', 'owner');
    await then.post(`/bookings/${late.bookingId}/cancel`, { forStudent: true }).expect(200);
    await then.delete(`/charges/${late.chargeId}/discount`).expect(204);
    till.test.clock.follow();
    const open = (await chargesOf(studentId)).filter(({ state }) => state === 'open');
    expect(open).toMatchObject([{ source: 'cancellation_fee', sourceId: late.bookingId }]);
  });

  it('that pays for a lesson follows it when it is moved, also to another teacher', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const lesson = { lessonTypeId: till.nord.lessonTypeId, studentId, startsAt: '2026-12-08T08:00:00Z' };
    const { body } = await owner.post('/bookings', lesson).expect(201);
    const [charge] = await chargesOf(studentId);
    await use(caller, charge!.id, (await voucher(amount(1000))).code).expect(200);
    const { id: teacherId } = await till.nord.addTeacher('voucher@nord.example');
    await owner.post(`/bookings/${body.id}/reschedule`, { startsAt: '2026-12-09T08:00:00Z', teacherId }).expect(200);
    await owner.delete(`/charges/${charge!.id}/discount`).expect(204);
    const { rows } = await sql<{ delivers_at: Date; earned_by_id: Id }>`
      SELECT delivers_at, earned_by_id FROM charges WHERE id = ${idToBytes(charge!.id)}`.execute(
      globalQuery(till.test.em.fork()),
    );
    expect(rows[0]!.delivers_at.toISOString().slice(0, 10)).toBe('2026-12-09');
    expect(rows[0]!.earned_by_id).toBe(teacherId);
  });

  it('taken off leaves the charge as it was', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const chargeId = await till.charge(studentId, 650);
    const before = (await owner.get(`/charges?studentId=${studentId}`).expect(200)).body.items;
    const { code } = await voucher(amount(50));
    await use(caller, chargeId, code).expect(200);
    await owner.delete(`/charges/${chargeId}/discount`).expect(204);
    expect((await owner.get(`/charges?studentId=${studentId}`).expect(200)).body.items).toEqual(before);
  });

  it('is never used more often than it may, however many use it at once', async () => {
    const { id, code } = await voucher({ maxUses: 3 });
    const charges = await Promise.all(
      Array.from({ length: 20 }, async () => till.charge((await till.newStudent()).id, 100)),
    );
    const answers = await Promise.all(charges.map((chargeId) => use(owner, chargeId, code)));
    expect(statusesOf(answers)).toEqual([200, 200, 200, ...Array<number>(17).fill(409)]);
    expect(new Set(answers.filter(({ status }) => status === 409).map(({ body }) => body.code))).toEqual(
      new Set(['discount.used_up']),
    );
    expect(await uses(id)).toBe(3);
  });

  it('is used by one student as often as he may', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const { code } = await voucher({ maxUsesPerStudent: 1 });
    const charges = [await till.charge(studentId), await till.charge(studentId)];
    const answers = await Promise.all(charges.map((chargeId) => use(caller, chargeId, code)));
    expect(statusesOf(answers)).toEqual([200, 409]);
    const other = await till.newStudent();
    await use(other.caller, await till.charge(other.id), code).expect(200);
  });

  it('is given on a charge once, however often at once, and whichever voucher', async () => {
    const { id: studentId } = await till.newStudent();
    const chargeId = await till.charge(studentId);
    const [one, other] = [await voucher(), await voucher()];
    const codes = Array.from({ length: 10 }, (_, i) => (i % 2 ? one.code : other.code));
    const answers = await Promise.all(codes.map((code) => use(owner, chargeId, code)));
    expect(statusesOf(answers)).toEqual([200, ...Array<number>(9).fill(409)]);
  });

  it('may be used again when the charge it was used on is taken back', async () => {
    const { id: studentId } = await till.newStudent();
    const { id, code } = await voucher({ maxUses: 1 });
    await use(owner, await till.charge(studentId), code).expect(200);
    const { body: invoice } = await owner.post('/invoices', { studentId }).expect(201);
    await owner.post(`/invoices/${invoice.id}/credit-notes`, {}).expect(201);
    expect(await uses(id)).toBe(0);
    await use(owner, await till.charge(studentId), code).expect(200);
  });

  it('is refused where it is not given', async () => {
    const { id: studentId, caller } = await till.newStudent();
    const chargeId = await till.charge(studentId);
    const refused = async (code: string, status = 409) =>
      (await use(caller, chargeId, code).expect(status)).body.code as string;
    expect(await refused('findes-ikke')).toBe('discount.code_unknown');
    expect(await refused((await voucher({ validFrom: '2030-01-01' })).code)).toBe('discount.not_valid');
    expect(await refused((await voucher({ validUntil: '2026-01-02' })).code)).toBe('discount.not_valid');
    const { body: product } = await owner.post('/products', { code: 'BOG', name: 'Lærebog' }).expect(201);
    expect(await refused((await voucher({ productId: product.id })).code)).toBe('discount.not_for_this');
    const gone = await voucher();
    await owner.post(`/discounts/${gone.id}/archive`).expect(200);
    expect(await refused(gone.code)).toBe('discount.not_valid');
    const { code } = await voucher();
    const stranger = (await till.newStudent()).caller;
    await use(stranger, chargeId, code).expect(404);
    await use(till.syd.owner, chargeId, code).expect(404);
    await use(owner, newId(), code).expect(404);
    await caller.delete(`/charges/${chargeId}/discount`).expect(403);
  });

  it('is made only when it makes sense', async () => {
    const base = { code: 'Ny', kind: 'percentage', percentBp: 1000, validFrom: '2026-01-01' };
    const code = async (more: object, status: number) =>
      (await owner.post('/discounts', { ...base, ...more }).expect(status)).body.code as string;
    const { code: taken } = await voucher();
    expect(await code({ code: taken.toLowerCase() }, 409)).toBe('discount.code_taken');
    expect(await code({ amount: krone(1) }, 422)).toBe('discount.worth_unclear');
    expect(await code({ kind: 'amount' }, 422)).toBe('discount.worth_unclear');
    expect(await code(amount(0), 422)).toBe('money.not_positive');
    expect(await code({ validUntil: '2025-01-01' }, 422)).toBe('dates.end_before_begin');
    expect(await code({ productId: newId() }, 404)).toBe('product.not_found');
  });
});
