import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { RemindOfInvoices } from '../../src/modules/finance/dunning/jobs/remind-of-invoices.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { krone, Till } from './till.js';

let till: Till;

const plan = {
  reminderAfterDays: 5,
  feeAfterDays: 10,
  fee: krone(100),
  feeReminders: 3,
  daysBetween: 10,
  stopAfterDays: 30,
};

beforeAll(async () => {
  till = await Till.open();
  await till.nord.owner.put('/dunning-settings', plan).expect(200);
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

/** The morning so many days after an invoice that was issued today fell due; afterwards it is today again, for which people are signed in. */
async function morning(daysAfterDue: number, times = 1): Promise<void> {
  till.test.clock.advance({ days: 8 + daysAfterDue });
  const job = till.test.app.get(RemindOfInvoices, { strict: false });
  await Promise.all(Array.from({ length: times }, () => job.run(till.test.clock.now())));
  await till.test.settle();
  till.test.clock.follow();
}

const stepsOf = async (invoiceId: Id) => {
  const { items } = (await till.nord.owner.get(`/dunning-steps?invoiceId=${invoiceId}&sort=createdAt`).expect(200))
    .body;
  return items as { step: string; feeInvoiceId: Id | null }[];
};
const named = async (invoiceId: Id) => (await stepsOf(invoiceId)).map(({ step }) => step);

async function messagesTo(studentId: Id): Promise<string[]> {
  await till.test.settle();
  const { items } = (await till.nord.owner.get(`/messages?studentId=${studentId}`).expect(200)).body;
  return items.map(({ kind }: { kind: string }) => kind);
}

const pay = (studentId: Id, kroner: number) =>
  till.nord.owner
    .post('/payments', { studentId, amount: krone(kroner), method: 'cash', receivedOn: till.today() })
    .expect(201);

describe('an invoice that is not paid', () => {
  it('is reminded of, step by step, with fees on invoices of their own', async () => {
    const { studentId, invoiceId } = await till.invoiced();
    await morning(4);
    expect(await named(invoiceId)).toEqual([]);
    await morning(5);
    await morning(6);
    expect(await named(invoiceId)).toEqual(['reminder']);
    expect(await messagesTo(studentId)).toContain('payment_reminder');
    await morning(15);
    const [, fee] = await stepsOf(invoiceId);
    expect(fee).toMatchObject({ step: 'fee_1' });
    expect(await till.invoice(fee!.feeInvoiceId!)).toMatchObject({ gross: krone(100), vat: krone(0), studentId });
    expect(await till.balance(studentId)).toBe(75_000);
    expect(await messagesTo(studentId)).toContain('payment_fee_reminder');
    for (const day of [25, 30, 35, 80]) await morning(day);
    expect(await named(invoiceId)).toEqual(['reminder', 'fee_1', 'fee_2', 'booking_stop', 'fee_3']);
    expect(await named(fee!.feeInvoiceId!)).toEqual([]);
    expect(await till.balance(studentId)).toBe(95_000);
  });

  it('is reminded of once, however many workers look at once', async () => {
    const { studentId, invoiceId } = await till.invoiced();
    await morning(5, 5);
    await morning(15, 5);
    expect(await named(invoiceId)).toEqual(['reminder', 'fee_1']);
    expect(await till.balance(studentId)).toBe(75_000);
  });

  it('is forgotten once it is paid', async () => {
    const { studentId, invoiceId } = await till.invoiced();
    await pay(studentId, 650);
    await morning(5);
    expect(await named(invoiceId)).toEqual([]);
    expect(await messagesTo(studentId)).not.toContain('payment_reminder');
  });

  it('is not reminded of while the student has as much to his credit', async () => {
    const { studentId, invoiceId } = await till.invoiced();
    const onAccount = { studentId, amount: krone(600), method: 'cash', receivedOn: till.today(), allocations: [] };
    await till.nord.owner.post('/payments', onAccount).expect(201);
    await till.nord.owner.post('/payments', { ...onAccount, amount: krone(50) }).expect(201);
    for (const day of [5, 15, 30]) await morning(day);
    expect(await named(invoiceId)).toEqual([]);
  });

  it('stops his booking until it is paid', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    for (const day of [5, 15, 25, 30]) await morning(day);
    expect(await named(invoiceId)).toContain('booking_stop');
    const startsAt =
      new Date(till.test.clock.now().getTime() + 7 * 86_400_000).toISOString().slice(0, 11) + '09:00:00Z';
    const book = () => student.post('/bookings', { studentId, lessonTypeId: till.nord.lessonTypeId, startsAt });
    expect((await book().expect(409)).body.code).toBe('booking.student_in_arrears');
    const pause = { studentId, invoiceId, reason: 'Aftale' };
    const { id } = (await till.nord.owner.post('/dunning-pauses', pause).expect(201)).body;
    expect((await book()).body.code).not.toBe('booking.student_in_arrears');
    await till.nord.owner.post(`/dunning-pauses/${id}/end`).expect(200);
    await pay(studentId, 650);
    expect((await book()).body.code).not.toBe('booking.student_in_arrears');
  });

  it('rests while it is paused, and goes on afterwards', async () => {
    const { studentId, invoiceId } = await till.invoiced();
    const { id } = (await till.nord.owner.post('/dunning-pauses', { studentId, reason: 'Syg' }).expect(201)).body;
    await morning(5);
    expect(await named(invoiceId)).toEqual([]);
    await till.nord.owner.post(`/dunning-pauses/${id}/end`).expect(200);
    await till.nord.owner.post(`/dunning-pauses/${id}/end`).expect(200);
    await morning(6);
    expect(await named(invoiceId)).toEqual(['reminder']);
    const ended = { studentId, reason: 'x', untilDate: '2020-01-01' };
    expect((await till.nord.owner.post('/dunning-pauses', ended).expect(422)).body.code).toBe(
      'dunning.pause_ends_in_past',
    );
    await till.nord.owner.post('/dunning-pauses', { studentId: newId(), reason: 'x' }).expect(404);
    await till.nord.owner.post('/dunning-pauses', { studentId, invoiceId: newId(), reason: 'x' }).expect(404);
  });
});

describe('the settings', () => {
  it('keep within the law', async () => {
    const set = (change: object) => till.nord.owner.put('/dunning-settings', { ...plan, ...change });
    expect((await set({ fee: krone(101) }).expect(422)).body.code).toBe('dunning.fee_above_law');
    expect((await set({ daysBetween: 9 }).expect(422)).body.code).toBe('dunning.fee_above_law');
    expect((await set({ fee: { amount: 100, currency: 'EUR' } }).expect(422)).body.code).toBe('money.wrong_currency');
    await set({ feeReminders: 4 }).expect(400);
    await set({ fee: krone(-1) }).expect(422);
  });

  it('of a school that has said nothing remind nobody', async () => {
    const { body } = await till.syd.owner.get('/dunning-settings').expect(200);
    expect(body).toMatchObject({ reminderAfterDays: null, feeAfterDays: null, stopAfterDays: null });
  });
});
