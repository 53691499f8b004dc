import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, type Id } from '../../src/platform/values/id.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterAll(() => till?.close());
afterEach(() => till.tidy());

const writeOff = (invoiceId: Id, body: object = {}) =>
  till.nord.owner.post(`/invoices/${invoiceId}/write-offs`, { reason: 'Flyttet til udlandet', ...body });
const reverse = (id: Id) => till.nord.owner.post(`/write-offs/${id}/reverse`, { reason: 'Betalte alligevel' });

describe('a write-off', () => {
  it('settles an invoice in whole or in part, and the student owes nothing more', async () => {
    const { invoiceId, studentId } = await till.invoiced();
    const { body: part } = await writeOff(invoiceId, { amount: krone(150) }).expect(201);
    expect(part).toMatchObject({ invoiceId, studentId, amount: krone(150), reversedAt: null });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', outstanding: krone(500) });
    expect(await till.balance(studentId)).toBe(50_000);
    await writeOff(invoiceId).expect(201);
    expect(await till.invoice(invoiceId)).toMatchObject({
      state: 'written_off',
      outstanding: krone(0),
      writtenOff: krone(650),
      paid: krone(0),
    });
    expect(await till.balance(studentId)).toBe(0);
    expect((await writeOff(invoiceId).expect(409)).body.code).toBe('invoice.nothing_to_pay');
    const { body } = await till.nord.owner.get(`/write-offs?invoiceId=${invoiceId}`).expect(200);
    expect(body.items.map(({ amount }: { amount: object }) => amount)).toEqual([krone(500), krone(150)]);
  });

  it('is reversed once, when the student pays after all', async () => {
    const { invoiceId, studentId, student } = await till.invoiced();
    const { body } = await writeOff(invoiceId).expect(201);
    await student.post(`/invoices/${invoiceId}/checkout`).expect(409);
    expect(statusesOf(await Promise.all([reverse(body.id), reverse(body.id), reverse(body.id)]))).toEqual([
      200, 409, 409,
    ]);
    expect(await till.balance(studentId)).toBe(65_000);
    await till.pay((await till.checkout(student, invoiceId)).url);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', writtenOff: krone(0) });
  });

  it('never takes more than is outstanding, however many ask at once', async () => {
    const { invoiceId, studentId } = await till.invoiced();
    const answers = await Promise.all(Array.from({ length: 6 }, () => writeOff(invoiceId, { amount: krone(200) })));
    expect(statusesOf(answers)).toEqual([201, 201, 201, 422, 422, 422]);
    expect(await till.balance(studentId)).toBe(5_000);
  });

  it('and money that is on its way make credit, not less than nothing', async () => {
    const { invoiceId, studentId, student } = await till.invoiced();
    const { url } = await till.checkout(student, invoiceId);
    await writeOff(invoiceId, { amount: krone(150) }).expect(201);
    await till.pay(url);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'written_off', paid: krone(500) });
    expect(await till.balance(studentId)).toBe(-15_000);
  });

  it('is not credited too', async () => {
    const { invoiceId } = await till.invoiced();
    const { body } = await writeOff(invoiceId, { amount: krone(150) }).expect(201);
    const note = await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201);
    expect(note.body.gross).toEqual(krone(-500));
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'written_off', credited: krone(500) });
    const refused = await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(409);
    expect(refused.body.code).toBe('invoice.written_off');
    await reverse(body.id).expect(200);
    await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201);
  });

  it('of a lesson’s invoice leaves the lesson to be cancelled', async () => {
    const { id: studentId } = await till.newStudent();
    const startsAt = '2026-12-04T09:00:00Z';
    const wanted = { lessonTypeId: till.nord.lessonTypeId, studentId, startsAt };
    const { body: lesson } = await till.nord.owner.post('/bookings', wanted).expect(201);
    const { body: invoice } = await till.nord.owner.post('/invoices', { studentId }).expect(201);
    await writeOff(invoice.id).expect(201);
    await till.nord.owner.post(`/bookings/${lesson.id}/cancel`, {}).expect(200);
    expect(await till.invoice(invoice.id)).toMatchObject({ state: 'written_off', credited: krone(0) });
    expect(await till.balance(studentId)).toBe(0);
  });

  it('is refused for amounts that make no sense, other schools and other roles', async () => {
    const { invoiceId, student } = await till.invoiced();
    expect((await writeOff(invoiceId, { amount: krone(0) }).expect(422)).body.code).toBe('money.not_positive');
    expect((await writeOff(invoiceId, { amount: krone(-1) }).expect(422)).body.code).toBe('money.not_positive');
    expect((await writeOff(invoiceId, { amount: krone(651) }).expect(422)).body).toMatchObject({
      code: 'write_off.above_outstanding',
      outstanding: krone(650),
    });
    const euro = { amount: { amount: 100, currency: 'EUR' } };
    expect((await writeOff(invoiceId, euro).expect(422)).body.code).toBe('money.wrong_currency');
    await writeOff(invoiceId, { amount: { amount: 1.5, currency: 'DKK' } }).expect(400);
    await writeOff(newId()).expect(404);
    await reverse(newId()).expect(404);
    await student.post(`/invoices/${invoiceId}/write-offs`, { reason: 'x' }).expect(403);
    const { body } = await writeOff(invoiceId, { amount: krone(1) }).expect(201);
    await till.syd.owner.post(`/invoices/${invoiceId}/write-offs`, { reason: 'x' }).expect(404);
    await till.syd.owner.post(`/write-offs/${body.id}/reverse`, { reason: 'x' }).expect(404);
    expect((await till.syd.owner.get('/write-offs').expect(200)).body.items).toEqual([]);
  });
});
