import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FinanceAudit, RecordPaymentOutcome } from '../../src/modules/finance/index.js';
import { ExportJournal } from '../../src/modules/finance/jobs/export-journal.js';
import { ReconcilePayments } from '../../src/modules/finance/jobs/reconcile-payments.js';
import { CreditInvoice } from '../../src/modules/finance/use-cases/credit-invoice.js';
import { globalQuery } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import { ProcessWebhook } from '../../src/platform/webhooks/process-webhook.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { openTestSchool, type Caller, type TestSchool } from '../support/test-school.js';
import { until } from '../support/until.js';

const card = '4242424242424242';
const krone = (amount: number) => ({ amount: amount * 100, currency: 'DKK' });

let test: TestApp;
let nord: TestSchool;
let syd: TestSchool;
let students = 0;
let journals: string;

beforeAll(async () => {
  journals = await mkdtemp(join(tmpdir(), 'journals-'));
  const env = { STRIPE_TIMEOUT_MS: '2000', ACCOUNTING_EXPORT_ENABLED: 'true', ACCOUNTING_EXPORT_DIR: journals };
  test = await startTestApp({ env });
  nord = await openTestSchool(test, 'nord');
  syd = await openTestSchool(test, 'syd');
});
afterAll(async () => {
  await test?.close();
  await rm(journals, { recursive: true });
});

afterEach(async () => {
  test.clock.follow();
  test.sandbox.faults.clear();
  for (const school of [nord, syd]) {
    expect(await school.run(() => test.app.get(FinanceAudit, { strict: false }).verify())).toEqual([]);
  }
});

/** A student of his own for each test, so that nothing of another test is on his account. */
const newStudent = () => nord.enrol(`finance${(students += 1)}@nord.example`);

async function charge(studentId: Id, price = 650, vatRateBp = 2500): Promise<Id> {
  const body = { studentId, description: 'Kørelektion – æøå', gross: krone(price), vatRateBp };
  return (await nord.owner.post('/charges', body).expect(201)).body.id;
}

async function invoiced(price = 650): Promise<{ student: Caller; studentId: Id; invoiceId: Id; number: number }> {
  const { id: studentId, caller: student } = await newStudent();
  await charge(studentId, price);
  const { body } = await nord.owner.post('/invoices', { studentId }).expect(201);
  return { student, studentId, invoiceId: body.id, number: body.number };
}

const invoice = async (id: Id) => (await nord.owner.get(`/invoices/${id}`).expect(200)).body;
const payment = async (id: Id) => (await nord.owner.get(`/payments/${id}`).expect(200)).body;
const balance = async (id: Id) => (await nord.owner.get(`/students/${id}/account`).expect(200)).body.balance.amount;
const reconcile = () => test.app.get(ReconcilePayments, { strict: false }).run(test.clock.now());

async function checkout(student: Caller, invoiceId: Id): Promise<{ paymentId: Id; url: string }> {
  return (await student.post(`/invoices/${invoiceId}/checkout`).expect(201)).body;
}

function sessionAt(url: string) {
  return test.sandbox.stripe.account.checkout(url.split('/').at(-1)!);
}

const sessionsOf = (paymentId: Id) =>
  [...test.sandbox.stripe.account.checkouts.values()].filter(
    ({ session }) => session.client_reference_id === paymentId,
  );

async function pay(url: string, number = card): Promise<void> {
  await test.sandbox.stripe.pay(sessionAt(url), number);
  await test.settle();
}

async function paid(price = 650) {
  const issued = await invoiced(price);
  const opened = await checkout(issued.student, issued.invoiceId);
  await pay(opened.url);
  return { ...issued, ...opened };
}

async function journal(): Promise<string[][]> {
  const { text } = await nord.owner.get(`/accounting/journal.csv?date=${today()}`).buffer(true).expect(200);
  expect(text.charCodeAt(0)).toBe(0xfeff);
  return text
    .slice(1)
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(';'));
}

const statusesOf = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).sort((a, b) => a - b);
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen' }).format(test.clock.now());
const ore = (text: string | undefined) => Number((text ?? '').replace(',', '') || 0);

describe('an invoice', () => {
  it('is numbered, says its VAT, and is paid through Stripe’s checkout', async () => {
    const { student, studentId, invoiceId } = await invoiced();
    expect(await invoice(invoiceId)).toMatchObject({
      state: 'issued',
      gross: krone(650),
      vatByRate: [{ vatRateBp: 2500, net: krone(520), vat: krone(130), gross: krone(650) }],
    });
    expect(await balance(studentId)).toBe(65_000);

    const first = await checkout(student, invoiceId);
    expect(await checkout(student, invoiceId)).toEqual(first);
    await pay(first.url);

    expect(await invoice(invoiceId)).toMatchObject({ state: 'paid', outstanding: krone(0), paid: krone(650) });
    expect(await payment(first.paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(await balance(studentId)).toBe(0);
    const again = await student.post(`/invoices/${invoiceId}/checkout`).expect(409);
    expect(again.body.code).toBe('invoice.nothing_to_pay');
  });

  it('is a PDF', async () => {
    const { student, invoiceId } = await invoiced();
    const answer = await student.get(`/invoices/${invoiceId}/pdf`).buffer(true).expect(200);
    expect(answer.headers['content-type']).toBe('application/pdf');
    expect((answer.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('never changes, and nor does the ledger', async () => {
    await invoiced();
    const db = globalQuery<object>(test.em.fork());
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
        const { id } = await newStudent();
        await charge(id);
        return id;
      }),
    );
    const answers = await Promise.all(ids.map((studentId) => nord.owner.post('/invoices', { studentId })));
    expect(answers.map(({ status }) => status)).toEqual(ids.map(() => 201));
    const numbers = answers.map(({ body }) => body.number as number).sort((a, b) => a - b);
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
  });

  it('is invoiced once, however often and concurrently it is asked for', async () => {
    const { id: studentId } = await newStudent();
    await charge(studentId);
    const answers = await Promise.all(Array.from({ length: 6 }, () => nord.owner.post('/invoices', { studentId })));
    expect(statusesOf(answers)).toEqual([201, 409, 409, 409, 409, 409]);
  });

  it('is nobody else’s', async () => {
    const { invoiceId, studentId } = await invoiced();
    const stranger = (await newStudent()).caller;
    for (const other of [stranger, syd.owner, syd.student.caller]) {
      await other.get(`/invoices/${invoiceId}`).expect(404);
      await other.get(`/invoices/${invoiceId}/pdf`).expect(404);
      await other.post(`/invoices/${invoiceId}/checkout`).expect(404);
      await other.get(`/students/${studentId}/account`).expect(404);
    }
    expect((await stranger.get('/invoices').expect(200)).body.items).toEqual([]);
    await nord.student.caller.post('/invoices', { studentId }).expect(403);
    await syd.owner.post('/invoices', { studentId }).expect(404);
    await syd.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(404);
  });

  it('refuses amounts and currencies that make no sense', async () => {
    const { id: studentId } = await newStudent();
    const base = { studentId, description: 'x', vatRateBp: 2500 };
    expect((await nord.owner.post('/charges', { ...base, gross: krone(0) }).expect(422)).body.code).toBe(
      'money.not_positive',
    );
    expect((await nord.owner.post('/charges', { ...base, gross: krone(-1) }).expect(422)).body.code).toBe(
      'money.not_positive',
    );
    expect(
      (await nord.owner.post('/charges', { ...base, gross: { amount: 100, currency: 'EUR' } }).expect(422)).body.code,
    ).toBe('money.wrong_currency');
    await nord.owner.post('/charges', { ...base, gross: { amount: 1.5, currency: 'DKK' } }).expect(400);
    await nord.owner.post('/charges', { ...base, studentId: newId(), gross: krone(1) }).expect(404);
    expect((await nord.owner.post('/invoices', { studentId }).expect(409)).body.code).toBe(
      'invoice.nothing_to_invoice',
    );
  });
});

describe('a webhook', () => {
  it('that comes twenty times at once counts once', async () => {
    const { student, studentId, invoiceId } = await invoiced();
    const { url } = await checkout(student, invoiceId);
    test.sandbox.faults.add({
      system: 'stripe',
      kind: 'webhook_duplicate',
      operation: 'checkout.session.completed',
      copies: 20,
    });
    await pay(url);
    expect(await invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    expect(await balance(studentId)).toBe(0);
    const { attempts } = test.sandbox.stripe.webhooks
      .log()
      .find(({ event }) => event.type === 'checkout.session.completed')!;
    expect(attempts.map(({ result }) => result)).toEqual(attempts.map(() => 204));
  });

  it('may come before our own call has its answer', async () => {
    const { student, invoiceId } = await invoiced();
    test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_before_answer', operation: 'checkout.sessions.create' });
    const { paymentId } = await checkout(student, invoiceId);
    await test.settle();
    expect(await payment(paymentId)).toMatchObject({ state: 'succeeded' });
    expect(await invoice(invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('with a wrong signature is refused and not kept', async () => {
    const stored = async () =>
      (await sql<{ n: number }>`SELECT COUNT(*) AS n FROM webhook_events`.execute(globalQuery<object>(test.em.fork())))
        .rows[0]?.n;
    const before = await stored();
    const answer = await test.http
      .post('/webhooks/stripe')
      .set('stripe-signature', 't=1,v1=00')
      .send({ id: 'evt_1', type: 'x' })
      .expect(400);
    expect(answer.body.code).toBe('webhook.untrusted');
    await test.http.post('/webhooks/stripe').send({ id: 'evt_1', type: 'x' }).expect(400);
    await test.http.post('/webhooks/nobody').send({}).expect(404);
    expect(await stored()).toBe(before);
  });

  it('that is lost is made up for by asking', async () => {
    const { student, invoiceId } = await invoiced();
    const { paymentId, url } = await checkout(student, invoiceId);
    test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'checkout.session.completed' });
    await pay(url);
    expect(await payment(paymentId)).toMatchObject({ state: 'pending' });
    test.clock.advance({ minutes: 3 });
    await reconcile();
    expect(await payment(paymentId)).toMatchObject({ state: 'succeeded' });
    await test.sandbox.stripe.webhooks.release();
    await test.settle();
    expect(await invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
  });
});

describe('a payment', () => {
  it('is one even when the provider acts and does not answer', async () => {
    const { student, invoiceId } = await invoiced();
    test.sandbox.faults.add({
      system: 'stripe',
      kind: 'timeout_after_acting',
      operation: 'checkout.sessions.create',
      times: 50,
      delayMs: 5,
    });
    const refused = await student.post(`/invoices/${invoiceId}/checkout`).expect(503);
    expect(refused.body.code).toBe('payment.provider_unavailable');
    const { items } = (await nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body;
    expect(items).toMatchObject([{ state: 'unknown' }]);

    test.sandbox.faults.clear();
    test.clock.advance({ minutes: 5 });
    await reconcile();
    const paymentId: Id = items[0].id;
    expect(await payment(paymentId)).toMatchObject({ state: 'pending' });
    const again = await checkout(student, invoiceId);
    expect(again.paymentId).toBe(paymentId);
    expect(sessionsOf(paymentId)).toHaveLength(1);
    await pay(again.url);
    expect(await invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
  });

  it('is one when two ask at once', async () => {
    const { student, invoiceId } = await invoiced();
    const answers = await Promise.all(Array.from({ length: 5 }, () => student.post(`/invoices/${invoiceId}/checkout`)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    expect(new Set(answers.map(({ body }) => body.url)).size).toBe(1);
    expect((await nord.owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body.items).toHaveLength(1);
  });

  it('stays open when the card is declined', async () => {
    const { student, invoiceId } = await invoiced();
    const { paymentId, url } = await checkout(student, invoiceId);
    await pay(url, '4000000000000002');
    expect(await payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
    await pay(url);
    expect(await payment(paymentId)).toMatchObject({ state: 'succeeded' });
  });

  it('ends when its checkout expires, and a new one can be made', async () => {
    const { student, invoiceId } = await invoiced();
    const { paymentId, url } = await checkout(student, invoiceId);
    test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'checkout.session.expired' });
    test.sandbox.stripe.checkouts.expire(sessionAt(url).session.id);
    test.clock.advance({ minutes: 3 });
    await reconcile();
    expect(await payment(paymentId)).toMatchObject({ state: 'expired' });
    const next = await checkout(student, invoiceId);
    expect(next.paymentId).not.toBe(paymentId);
    await pay(next.url);
    expect(await invoice(invoiceId)).toMatchObject({ state: 'paid' });
  });

  it('that arrives after another has paid the invoice is the student’s credit', async () => {
    const { student, studentId, invoiceId } = await invoiced();
    const late = await checkout(student, invoiceId);
    test.sandbox.stripe.checkouts.expire(sessionAt(late.url).session.id);
    test.clock.advance({ minutes: 3 });
    await reconcile();
    await pay((await checkout(student, invoiceId)).url);
    const status = {
      state: 'paid',
      ref: sessionAt(late.url).session.id,
      chargeRef: 'pi_late',
      received: Money.of(65_000),
    } as const;
    for (let time = 0; time < 2; time++) {
      await nord.run(() => test.app.get(RecordPaymentOutcome, { strict: false }).execute(late.paymentId, status));
    }
    expect(await payment(late.paymentId)).toMatchObject({ state: 'succeeded' });
    expect(await invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    expect(await balance(studentId)).toBe(-65_000);
  });

  it('in another currency is kept in sight and counts for nothing', async () => {
    const { student, invoiceId } = await invoiced();
    const { paymentId, url } = await checkout(student, invoiceId);
    const status = {
      state: 'paid',
      ref: sessionAt(url).session.id,
      chargeRef: 'pi_eur',
      received: Money.of(65_000, 'EUR'),
    } as const;
    await nord.run(() => test.app.get(RecordPaymentOutcome, { strict: false }).execute(paymentId, status));
    expect(await payment(paymentId)).toMatchObject({ state: 'pending', received: krone(0) });
    expect(await invoice(invoiceId)).toMatchObject({ state: 'issued' });
  });

  it('for an invoice that was credited meanwhile is asked for anew', async () => {
    const { id: studentId, caller: student } = await newStudent();
    const [first] = [await charge(studentId, 100), await charge(studentId, 200)];
    const { id: invoiceId } = (await nord.owner.post('/invoices', { studentId }).expect(201)).body;
    const before = await checkout(student, invoiceId);
    await nord.owner.post(`/invoices/${invoiceId}/credit-notes`, { chargeIds: [first] }).expect(201);
    const after = await checkout(student, invoiceId);
    expect(after.url).not.toBe(before.url);
    expect(sessionAt(before.url).session.status).toBe('expired');
    expect(sessionAt(after.url).session.amount_total).toBe(20_000);
  });
});

describe('a refund', () => {
  it('gives back what was paid, never more', async () => {
    const { paymentId, invoiceId, studentId } = await paid();
    const refund = (amount: object) =>
      nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'aflyst', ...amount });
    expect((await refund({ amount: krone(651) }).expect(422)).body.code).toBe('payment.refund_above_received');
    expect((await refund({ amount: { amount: 100, currency: 'EUR' } }).expect(422)).body.code).toBe(
      'money.wrong_currency',
    );
    expect((await refund({ amount: krone(0) }).expect(422)).body.code).toBe('money.not_positive');
    const racing = await Promise.all([refund({ amount: krone(400) }), refund({ amount: krone(400) })]);
    expect(statusesOf(racing)).toEqual([202, 422]);
    await test.settle();
    await until(async () => (await payment(paymentId)).refunds[0].state === 'succeeded', 10);
    expect(await invoice(invoiceId)).toMatchObject({ state: 'issued', outstanding: krone(400) });
    expect(await balance(studentId)).toBe(40_000);
    const charges = [...test.sandbox.stripe.account.charges.values()].filter(
      ({ metadata }) => metadata['payment_id'] === paymentId,
    );
    expect(charges.map(({ amount_refunded: back }) => back)).toEqual([40_000]);
  });

  it('is one even when the provider acts and does not answer', async () => {
    const { paymentId } = await paid();
    test.sandbox.faults.add({
      system: 'stripe',
      kind: 'timeout_after_acting',
      operation: 'refunds.create',
      times: 50,
      delayMs: 5,
    });
    test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', times: 50 });
    const { body } = await nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'aflyst' }).expect(202);
    await until(async () => (await payment(paymentId)).refunds[0].state === 'unknown', 15);
    test.sandbox.faults.clear();
    test.clock.advance({ minutes: 5 });
    await reconcile();
    expect(await payment(paymentId)).toMatchObject({
      refunded: krone(650),
      refunds: [{ id: body.id, state: 'succeeded' }],
    });
    const refunds = [...test.sandbox.stripe.account.refunds.values()].filter(
      ({ metadata }) => metadata?.['refund_id'] === body.id,
    );
    expect(refunds).toHaveLength(1);
    await test.sandbox.stripe.webhooks.release();
    await test.settle();
  });
});

describe('a refund that the student’s bank sends back', () => {
  it('is his credit', async () => {
    const { student, studentId, invoiceId } = await invoiced();
    const { paymentId, url } = await checkout(student, invoiceId);
    await pay(url, '4000000000005126');
    await nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'aflyst' }).expect(202);
    await until(async () => (await payment(paymentId)).refunds[0].state === 'failed', 15);
    await test.settle();
    expect(await payment(paymentId)).toMatchObject({ refunded: krone(0) });
    expect(await balance(studentId)).toBe(0);
  });
});

describe('a credit note', () => {
  it('makes what was paid the student’s credit, which a refund gives back first', async () => {
    const { invoiceId, paymentId, studentId, number } = await paid();
    const note = (await nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201)).body;
    expect(note).toMatchObject({ kind: 'credit_note', gross: krone(-650), creditsInvoiceId: invoiceId });
    expect(note.number).toBeGreaterThan(number);
    expect(await invoice(invoiceId)).toMatchObject({ state: 'credited', paid: krone(0), credited: krone(650) });
    expect(await balance(studentId)).toBe(-65_000);
    expect((await nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(409)).body.code).toBe(
      'invoice.nothing_to_credit',
    );
    await nord.owner.post(`/payments/${paymentId}/refunds`, { reason: 'krediteret' }).expect(202);
    await test.settle();
    await until(async () => (await balance(studentId)) === 0, 10);
    expect(await invoice(invoiceId)).toMatchObject({ state: 'credited' });
  });

  it('is issued once, however many ask at once', async () => {
    const { invoiceId } = await invoiced();
    const credit = () => nord.run(() => test.app.get(CreditInvoice, { strict: false }).execute(invoiceId));
    const results = await Promise.allSettled([credit(), credit(), credit()]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected']);
  });
});

describe('the journal of a day', () => {
  it('balances to zero and names no person', async () => {
    await paid(777);
    const [head, ...lines] = await journal();
    expect(head).toEqual(['Dato', 'Bilag', 'Konto', 'Tekst', 'Debet', 'Kredit', 'Momskode']);
    const sum = (column: number) => lines.reduce((total, line) => total + ore(line[column]), 0);
    expect(sum(4)).toBeGreaterThan(0);
    expect(sum(4)).toBe(sum(5));
    expect(lines.map((line) => line[3]).join()).not.toMatch(/@|Holm/);
    expect(lines.some((line) => line[2] === '7200' && line[5] === '155,40' && line[6] === 'U25')).toBe(true);
    expect(
      (await syd.owner.get(`/accounting/journal.csv?date=${today()}`).buffer(true).expect(200)).text.split('\r\n'),
    ).toHaveLength(2);
    await nord.student.caller.get(`/accounting/journal.csv?date=${today()}`).expect(403);
  });
});

describe('by night', () => {
  it('each school’s finished days are written for its bookkeeping, once', async () => {
    await paid();
    const day = today();
    test.clock.advance({ days: 1 });
    const run = () => test.app.get(ExportJournal, { strict: false }).run(test.clock.now());
    await run();
    const text = await readFile(join(journals, nord.id, `${day}.csv`), 'utf8');
    const lines = text
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(';'));
    const sum = (column: number) => lines.reduce((total, line) => total + ore(line[column]), 0);
    expect(sum(4)).toBeGreaterThan(0);
    expect(sum(4)).toBe(sum(5));
    const files = await readdir(join(journals, nord.id));
    await run();
    expect(await readdir(join(journals, nord.id))).toEqual(files);
    expect(await readFile(join(journals, nord.id, `${day}.csv`), 'utf8')).toBe(text);
  });

  it('webhooks older than a month are forgotten', async () => {
    await paid();
    const count = async () =>
      (await sql<{ n: number }>`SELECT COUNT(*) AS n FROM webhook_events`.execute(globalQuery<object>(test.em.fork())))
        .rows[0]!.n;
    const purge = () => test.app.get(ProcessWebhook, { strict: false }).purge(test.clock.now());
    test.clock.advance({ days: 29 });
    await purge();
    expect(await count()).toBeGreaterThan(0);
    test.clock.advance({ days: 2 });
    await purge();
    expect(await count()).toBe(0);
  });
});

describe('the pages a checkout sends people back to', () => {
  it('are in their language', async () => {
    expect((await test.http.get('/pay/done').expect(200)).text).toContain('Tak for din betaling');
    expect((await test.http.get('/pay/cancelled?lang=en').expect(200)).text).toContain('No money was taken');
  });
});
