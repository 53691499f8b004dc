import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { CreditInvoice } from '../../src/modules/finance/use-cases/credit-invoice.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { newId } from '../../src/platform/values/id.js';
import { until } from '../support/until.js';
import { krone, statusesOf, Till } from './till.js';

const ore = (amount: number) => ({ amount, currency: 'DKK' });

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

describe('an invoice', () => {
  it('is numbered, says its VAT, and is paid through Stripe’s checkout', async () => {
    const { student, studentId, invoiceId } = await till.invoiced();
    expect(await till.invoice(invoiceId)).toMatchObject({
      state: 'issued',
      gross: krone(650),
      vatByRate: [{ vatRateBp: 2500, net: krone(520), vat: krone(130), gross: krone(650) }],
    });
    expect(await till.balance(studentId)).toBe(65_000);

    const first = await till.checkout(student, invoiceId);
    expect(await till.checkout(student, invoiceId)).toEqual(first);
    await till.pay(first.url);

    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', outstanding: krone(0), paid: krone(650) });
    expect(await till.payment(first.paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(await till.balance(studentId)).toBe(0);
    const again = await student.post(`/invoices/${invoiceId}/checkout`).expect(409);
    expect(again.body.code).toBe('invoice.nothing_to_pay');
  });

  it('is a PDF', async () => {
    const { student, invoiceId } = await till.invoiced();
    const answer = await student.get(`/invoices/${invoiceId}/pdf`).buffer(true).expect(200);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect((answer.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('never changes, and nor does the ledger', async () => {
    await till.invoiced();
    const db = globalQuery<object>(till.test.em.fork());
    await expect(
      sql`UPDATE invoices SET gross_minor = gross_minor + 1, net_minor = net_minor + 1`.execute(db),
    ).rejects.toThrow('never changed');
    await expect(sql`DELETE FROM invoices`.execute(db)).rejects.toThrow();
    await expect(sql`UPDATE ledger_transfers SET amount_minor = 1`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`DELETE FROM ledger_transfers`.execute(db)).rejects.toThrow('append-only');
    await expect(sql`UPDATE invoice_lines SET position = 9`.execute(db)).rejects.toThrow('append-only');
  });

  it('gets the next number without a gap when many are issued at once', async () => {
    const ids = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { id } = await till.newStudent();
        await till.charge(id);
        return id;
      }),
    );
    const answers = await Promise.all(ids.map((studentId) => till.nord.owner.post('/invoices', { studentId })));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
    const numbers = answers.map(({ body }) => body.number as number).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
  });

  it('is invoiced once, however often and concurrently it is asked for', async () => {
    const { id: studentId } = await till.newStudent();
    await till.charge(studentId);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => till.nord.owner.post('/invoices', { studentId })),
    );
    expect(statusesOf(answers)).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('is nobody else’s', async () => {
    const { invoiceId, studentId } = await till.invoiced();
    const stranger = (await till.newStudent()).caller;
    for (const other of [stranger, till.syd.owner, till.syd.student.caller]) {
      await other.get(`/invoices/${invoiceId}`).expect(404);
      await other.get(`/invoices/${invoiceId}/pdf`).expect(404);
      await other.post(`/invoices/${invoiceId}/checkout`).expect(404);
      await other.get(`/students/${studentId}/account`).expect(404);
    }
    expect((await stranger.get('/invoices').expect(200)).body.items).toEqual([]);
    await till.nord.student.caller.post('/invoices', { studentId }).expect(403);
    await till.syd.owner.post('/invoices', { studentId }).expect(404);
    await till.syd.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(404);
  });

  it('refuses amounts and currencies that make no sense', async () => {
    const { id: studentId } = await till.newStudent();
    const base = { studentId, description: 'x', vatRateBp: 2500 };
    expect((await till.nord.owner.post('/charges', { ...base, gross: krone(0) }).expect(422)).body.code).toBe(
      'money.not_positive',
    );
    expect((await till.nord.owner.post('/charges', { ...base, gross: krone(-1) }).expect(422)).body.code).toBe(
      'money.not_positive',
    );
    expect(
      (await till.nord.owner.post('/charges', { ...base, gross: { amount: 100, currency: 'EUR' } }).expect(422)).body
        .code,
    ).toBe('money.wrong_currency');
    await till.nord.owner.post('/charges', { ...base, gross: { amount: 1.5, currency: 'DKK' } }).expect(400);
    await till.nord.owner.post('/charges', { ...base, studentId: newId(), gross: krone(1) }).expect(404);
    expect((await till.nord.owner.post('/invoices', { studentId }).expect(409)).body.code).toBe(
      'invoice.nothing_to_invoice',
    );
  });
});

describe('a credit note', () => {
  it('makes what was paid the student’s credit, which a refund gives back first', async () => {
    const { invoiceId, paymentId, studentId, number } = await till.paid();
    const note = (await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201)).body;
    expect(note).toMatchObject({ kind: 'credit_note', gross: krone(-650), creditsInvoiceId: invoiceId });
    expect(note.number).toBeGreaterThan(number);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'credited', paid: krone(0), credited: krone(650) });
    expect(await till.balance(studentId)).toBe(-65_000);
    expect((await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(409)).body.code).toBe(
      'invoice.nothing_to_credit',
    );
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'krediteret' }).expect(202);
    await till.test.settle();
    await until(async () => (await till.balance(studentId)) === 0);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'credited' });
  });

  it('takes back parts of a line until nothing is left of it, with its VAT to the øre', async () => {
    const { invoiceId, studentId } = await till.invoiced(100.01);
    const { owner } = till.nord;
    const [line] = (await till.invoice(invoiceId)).lines;
    const part = (amount?: number) => ({ lines: [{ lineId: line.id, ...(amount && { amount: ore(amount) }) }] });
    const path = `/invoices/${invoiceId}/credit-notes`;
    const { body: first } = await owner.post(path, { ...part(3_333), reason: 'Timen blev afkortet' }).expect(201);
    expect(first).toMatchObject({ gross: ore(-3_333), reason: 'Timen blev afkortet', lines: [{ quantity: -1 }] });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', outstanding: ore(6_668), reason: null });
    const { body: charges } = await owner.get(`/charges?studentId=${studentId}`).expect(200);
    expect(charges.items).toMatchObject([{ state: 'invoiced' }]);

    const refused = await owner.post(path, part(6_669)).expect(422);
    expect(refused.body).toMatchObject({ code: 'invoice.credit_above_left', creditable: ore(6_668) });
    const { body: second } = await owner.post(path, part(3_334)).expect(201);
    const { body: rest } = await owner.post(path, {}).expect(201);
    expect(rest.gross).toEqual(ore(-3_334));
    const vats = [first, second, rest].map((note) => note.vat.amount as number);
    expect(vats.reduce((sum, each) => sum + each, 0)).toBe(-line.vat.amount);
    expect(rest.vatByRate).toMatchObject([{ vat: { amount: vats[2] } }]);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'credited' });
    expect(await till.balance(studentId)).toBe(0);
    const { body: after } = await owner.get(`/charges?studentId=${studentId}`).expect(200);
    expect(after.items).toMatchObject([{ state: 'voided' }]);
  });

  it('sets free what was paid beyond what is left, and never more when many credit at once', async () => {
    const { invoiceId, studentId } = await till.paid();
    const [line] = (await till.invoice(invoiceId)).lines;
    const body = { lines: [{ lineId: line.id, amount: krone(200) }] };
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, body)),
    );
    expect(statusesOf(answers)).toEqual([201, 201, 201, 422, 422, 422]);
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', credited: krone(600), paid: krone(50) });
    expect(await till.balance(studentId)).toBe(-60_000);
  });

  it('refuses lines and amounts that make no sense', async () => {
    const { invoiceId } = await till.invoiced();
    const { invoiceId: other } = await till.invoiced();
    const [line] = (await till.invoice(invoiceId)).lines;
    const [foreign] = (await till.invoice(other)).lines;
    const refused = async (lines: object[], status: number) =>
      (await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, { lines }).expect(status)).body.code;
    expect(await refused([{ lineId: foreign.id }], 404)).toBe('invoice.line_not_found');
    expect(await refused([{ lineId: line.id, amount: krone(0) }], 422)).toBe('money.not_positive');
    expect(await refused([{ lineId: line.id, amount: krone(-1) }], 422)).toBe('money.not_positive');
    expect(await refused([{ lineId: line.id, amount: { amount: 1, currency: 'EUR' } }], 422)).toBe(
      'money.wrong_currency',
    );
    await refused([{ lineId: line.id, amount: { amount: 0.5, currency: 'DKK' } }], 400);
    await refused([], 400);
  });

  it('is issued once, however many ask at once', async () => {
    const { invoiceId } = await till.invoiced();
    const credit = () => till.nord.run(() => till.test.app.get(CreditInvoice, { strict: false }).execute(invoiceId));
    const results = await Promise.allSettled([credit(), credit(), credit()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});
