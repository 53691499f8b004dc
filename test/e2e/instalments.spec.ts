import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { MindInstalments } from '../../src/modules/finance/instalments/jobs/mind-instalments.js';
import { RemindOfInvoices } from '../../src/modules/finance/dunning/jobs/remind-of-invoices.js';
import { InstalmentAudit } from '../../src/modules/finance/instalments/queries/instalment-audit.js';
import { RecordInstalmentTry } from '../../src/modules/finance/instalments/use-cases/record-instalment-try.js';
import { EarnDeliveries } from '../../src/modules/finance/jobs/earn-deliveries.js';
import { PackageAudit } from '../../src/modules/finance/index.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import type { Id } from '../../src/platform/values/id.js';
import { addDays, addMonths } from '../../src/platform/values/zone.js';
import type { Caller } from '../support/test-school.js';
import { krone, statusesOf, Till } from './till.js';

const cards = { pays: '4242424242424242', wantsCustomer: '4000002760003184', declines: '4000000000000341' };

let till: Till;
let owner: Caller;
let today: string;

beforeAll(async () => {
  till = await Till.open();
  owner = till.nord.owner;
  today = till.today();
});
afterEach(async () => {
  await till.tidy();
  for (const proof of [InstalmentAudit, PackageAudit])
    expect(await till.nord.run(() => till.test.app.get(proof, { strict: false }).verify())).toEqual([]);
});
afterAll(() => till?.close());

interface Part {
  readonly id: Id;
  readonly position: number;
  readonly dueOn: string;
  readonly amount: { amount: number };
  readonly outstanding: { amount: number };
  readonly state: string;
  readonly invoiceId: Id | null;
  readonly nextChargeOn: string | null;
}
interface Plan {
  readonly id: Id;
  readonly restInvoiceId: Id | null;
  readonly instalments: readonly Part[];
}

const plansOf = (studentId: Id) => `/students/${studentId}/instalment-plans`;
const read = async (id: Id): Promise<Plan> => (await owner.get(`/instalment-plans/${id}`).expect(200)).body;
const states = async (id: Id) => (await read(id)).instalments.map(({ state }) => state);
const chargesOf = async (studentId: Id, query = '') =>
  (await owner.get(`/charges?studentId=${studentId}&limit=200${query}`).expect(200)).body.items as {
    id: Id;
    gross: { amount: number };
    state: string;
    description: string;
  }[];

async function started(prices: readonly number[], body: object = {}, who = till.newStudent()) {
  const { id: studentId, caller: student } = await who;
  for (const price of prices) await till.charge(studentId, price);
  const plan = { count: 3, firstDueOn: addDays(today, 20), ...body };
  const { body: made } = await owner.post(plansOf(studentId), plan).expect(201);
  return { studentId, student, plan: made as Plan };
}

/** Whose first instalment was due two days ago. */
async function missed(body: object = {}) {
  const who = await till.newStudent();
  till.test.clock.advance({ days: -2 });
  const terms = { firstDueOn: till.today(), issueDaysBefore: 0, ...body };
  const made = await started([1000], terms, Promise.resolve(who));
  till.test.clock.follow();
  return { ...made, plan: await read(made.plan.id) };
}

type Job = 'issue' | 'charge' | 'remind' | 'earn';
/** Lets jobs run as they do on a day from now; afterwards it is today again, for which people are signed in. */
async function on(days: number, jobs: readonly Job[], times = 1): Promise<void> {
  const at = new Date(till.test.clock.now().getTime() + days * 86_400_000);
  till.test.clock.set(at.toISOString());
  const app = (job: unknown) => till.test.app.get(job as typeof MindInstalments, { strict: false });
  const mind = app(MindInstalments);
  const run = {
    issue: () => mind.issue(at),
    charge: () => mind.charge(at),
    remind: () => till.test.app.get(RemindOfInvoices, { strict: false }).run(at),
    earn: () => till.test.app.get(EarnDeliveries, { strict: false }).run(at),
  };
  for (const job of jobs) await Promise.all(Array.from({ length: times }, () => run[job]()));
  await till.test.settle();
  till.test.clock.follow();
}

async function save(student: Caller, studentId: Id, card: string): Promise<void> {
  const { body } = await student.post(`/students/${studentId}/payment-methods`, { consent: true }).expect(201);
  const record = till.test.sandbox.stripe.checkout(body.url.split('/').at(-1))!;
  await till.test.sandbox.stripe.pay(record, card);
  if (record.authenticating) await till.test.sandbox.stripe.authenticate(record, true);
  await till.test.settle();
}

async function messagesTo(studentId: Id): Promise<string[]> {
  await till.test.settle();
  const { items } = (await owner.get(`/messages?studentId=${studentId}&limit=200`).expect(200)).body;
  return items.map(({ kind }: { kind: string }) => kind);
}

describe('a plan', () => {
  it('shows what it would be, and changes nothing', async () => {
    const { id: studentId } = await till.newStudent();
    await till.charge(studentId, 1000);
    const body = { count: 3, firstDueOn: '2027-01-31' };
    const { body: shown } = await owner.post(`${plansOf(studentId)}/preview`, body).expect(200);
    expect(shown).toEqual({
      total: krone(1000),
      instalments: [
        { dueOn: '2027-01-31', amount: { amount: 33_334, currency: 'DKK' } },
        { dueOn: '2027-02-28', amount: { amount: 33_333, currency: 'DKK' } },
        { dueOn: '2027-03-31', amount: { amount: 33_333, currency: 'DKK' } },
      ],
    });
    expect(await chargesOf(studentId)).toMatchObject([{ gross: krone(1000), state: 'open', instalmentId: null }]);
  });

  it('is started: charges go to instalments, only those on a border are cut, and what they are stays to the øre', async () => {
    const { studentId, student, plan } = await started([650, 650, 700.01]);
    expect(plan).toMatchObject({ state: 'active', total: { amount: 200_001 }, autoCharge: false, issueDaysBefore: 8 });
    expect(plan.instalments.map(({ amount, state, dueOn }) => [amount.amount, state, dueOn])).toEqual([
      [66_667, 'planned', addDays(today, 20)],
      [66_667, 'planned', addMonths(addDays(today, 20), 1)],
      [66_667, 'planned', addMonths(addDays(today, 20), 2)],
    ]);
    const charges = await chargesOf(studentId, '&sort=createdAt');
    expect(charges).toHaveLength(5);
    expect(charges.reduce((sum, { gross }) => sum + gross.amount, 0)).toBe(200_001);
    expect(charges.map(({ description }) => description)).toContain('Kørelektion – æøå, del 2/2');
    expect((await student.get('/instalment-plans').expect(200)).body.items).toMatchObject([{ id: plan.id }]);
    const stranger = (await till.newStudent()).caller;
    await stranger.get(`/instalment-plans/${plan.id}`).expect(404);
    await till.syd.owner.get(`/instalment-plans/${plan.id}`).expect(404);
    await till.syd.owner.post(`/instalment-plans/${plan.id}/end`, {}).expect(404);
    await student.post(`/instalment-plans/${plan.id}/end`, {}).expect(403);
  });

  it('refuses what makes no sense', async () => {
    const { id: studentId } = await till.newStudent();
    const firstDueOn = addDays(today, 20);
    const refused = async (body: object, status: number) =>
      (await owner.post(plansOf(studentId), body).expect(status)).body.code;
    expect(await refused({ count: 3, firstDueOn }, 409)).toBe('invoice.nothing_to_invoice');
    const chargeId = await till.charge(studentId, 100);
    expect(await refused({ count: 3 }, 422)).toBe('instalment_plan.schedule_unclear');
    expect(await refused({ count: 3, firstDueOn: addDays(today, -1) }, 422)).toBe('instalment_plan.dates_wrong');
    expect(await refused({ count: 24, firstDueOn: addMonths(today, 59) }, 422)).toBe('instalment_plan.dates_wrong');
    const parts = (...amounts: number[]) => ({
      instalments: amounts.map((amount, index) => ({ amount: krone(amount), dueOn: addDays(today, index) })),
    });
    expect(await refused(parts(50, 49), 422)).toBe('instalment_plan.not_total');
    expect(await refused(parts(150, -50), 422)).toBe('instalment_plan.not_total');
    expect(await refused({ ...parts(50, 50), count: 2 }, 422)).toBe('instalment_plan.schedule_unclear');
    const twice = parts(50, 50).instalments.map(({ amount }) => ({ amount, dueOn: today }));
    expect(await refused({ instalments: twice }, 422)).toBe('instalment_plan.dates_wrong');
    const both = { chargeIds: [chargeId], soldPackageId: chargeId, count: 2, firstDueOn };
    expect(await refused(both, 422)).toBe('instalment_plan.charges_unclear');
    expect(await refused({ soldPackageId: chargeId, count: 2, firstDueOn }, 404)).toBe('sold_package.not_found');
    const other = (await till.newStudent()).id;
    expect(await refused({ chargeIds: [await till.charge(other)], count: 2, firstDueOn }, 404)).toBe(
      'charge.not_found',
    );
    await owner.post('/invoices', { studentId }).expect(201);
    expect(await refused({ chargeIds: [chargeId], count: 2, firstDueOn }, 409)).toBe('charge.not_open');
  });

  it('is started once, by twenty offices at once', async () => {
    const { id: studentId } = await till.newStudent();
    const chargeIds = [await till.charge(studentId, 100), await till.charge(studentId, 100)];
    const body = { chargeIds, count: 2, firstDueOn: addDays(today, 30) };
    const answers = await Promise.all(Array.from({ length: 20 }, () => owner.post(plansOf(studentId), body)));
    expect(new Set(answers.map(({ body: { code } }) => code))).toEqual(new Set([undefined, 'charge.in_instalments']));
    expect(statusesOf(answers)).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
    expect(await chargesOf(studentId)).toHaveLength(2);
  });

  it('holds its charges: neither invoiced beside it, nor made cheaper, nor planned twice', async () => {
    const { studentId, plan } = await started([1000]);
    const chargeId = (await chargesOf(studentId))[0]!.id;
    expect((await owner.post('/invoices', { studentId }).expect(409)).body.code).toBe('invoice.nothing_to_invoice');
    expect((await owner.post('/invoice-drafts', { studentId }).expect(201)).body.lines).toEqual([]);
    const chargeIds = [chargeId];
    expect((await owner.post('/invoices', { studentId, chargeIds }).expect(409)).body.code).toBe(
      'charge.in_instalments',
    );
    const again = { chargeIds, count: 2, firstDueOn: today };
    expect((await owner.post(plansOf(studentId), again).expect(409)).body.code).toBe('charge.in_instalments');
    const voucher = { code: 'RATE10', kind: 'percentage', percentBp: 1000, validFrom: '2026-01-01' };
    await owner.post('/discounts', voucher).expect(201);
    const discount = () => owner.post(`/charges/${chargeId}/discount`, { code: 'RATE10' });
    expect((await discount().expect(409)).body.code).toBe('charge.in_instalments');
    await owner.post(`/instalment-plans/${plan.id}/end`, {}).expect(200);
    expect((await discount().expect(409)).body.code).toBe('charge.in_pieces');
  });
});

describe('an instalment', () => {
  it('is invoiced some days before it is due, once, however many workers look; each with its own link and e-mail', async () => {
    const { studentId, student, plan } = await started([1000], { firstDueOn: addDays(today, 5) });
    const [first] = plan.instalments;
    expect(first).toMatchObject({ state: 'invoiced', invoiceId: expect.any(String) });
    expect(await till.invoice(first!.invoiceId!)).toMatchObject({
      gross: { amount: 33_334 },
      dueOn: addDays(today, 5),
    });
    const day = 31;
    await on(day - 6, ['issue']);
    expect(await states(plan.id)).toEqual(['invoiced', 'planned', 'planned']);
    await on(day, ['issue'], 5);
    await on(day, ['issue']);
    const { instalments } = await read(plan.id);
    expect(instalments.map(({ state }) => state)).toEqual(['invoiced', 'invoiced', 'planned']);
    expect(await till.balance(studentId)).toBe(66_667);
    expect((await messagesTo(studentId)).filter((kind) => kind === 'invoice_issued')).toHaveLength(2);
    const links = [];
    for (const { invoiceId } of instalments.slice(0, 2))
      links.push((await owner.post(`/invoices/${invoiceId}/pay-link`, {}).expect(201)).body.url);
    expect(new Set(links).size).toBe(2);
    await till.pay((await till.checkout(student, instalments[1]!.invoiceId!)).url);
    expect(await states(plan.id)).toEqual(['invoiced', 'paid', 'planned']);
  });

  it('is due on another day when the office says so, until it is invoiced', async () => {
    const { plan } = await started([1000], { firstDueOn: addDays(today, 5) });
    const move = (part: Part, dueOn: string) =>
      owner.post(`/instalment-plans/${plan.id}/instalments/${part.id}/move`, { dueOn });
    const [first, second] = plan.instalments as [Part, Part, Part];
    const moved = await move(second, addDays(today, 100)).expect(200);
    expect(moved.body.instalments[1]).toMatchObject({ dueOn: addDays(today, 100), issueOn: addDays(today, 92) });
    expect((await move(first, addDays(today, 9)).expect(409)).body.code).toBe('instalment.not_planned');
    expect((await move(second, addDays(today, -1)).expect(422)).body.code).toBe('instalment_plan.dates_wrong');
    await move({ ...second, id: plan.id }, addDays(today, 9)).expect(404);
  });

  it('that is not paid is late, and reminded of like any invoice, until he cannot book', async () => {
    const settings = { reminderAfterDays: 5, feeAfterDays: null, fee: krone(100), feeReminders: 3, daysBetween: 10 };
    await owner.put('/dunning-settings', { ...settings, stopAfterDays: 10 }).expect(200);
    const { studentId, student, plan } = await missed();
    expect(plan.instalments[0]).toMatchObject({ state: 'late', outstanding: { amount: 33_334 } });
    await on(3, ['remind']);
    await on(8, ['remind']);
    expect(await messagesTo(studentId)).toEqual(expect.arrayContaining(['payment_reminder', 'booking_stopped']));
    const startsAt = `${addDays(today, 9)}T09:00:00Z`;
    const wish = { studentId, lessonTypeId: till.nord.lessonTypeId, startsAt };
    expect((await student.post('/bookings', wish).expect(409)).body.code).toBe('booking.student_in_arrears');
    await owner.put('/dunning-settings', { ...settings, reminderAfterDays: null, stopAfterDays: null }).expect(200);
  });
});

describe('a saved card', () => {
  const withCard = async (card: string) => {
    const made = await started([1000], { firstDueOn: addDays(today, 5), autoCharge: true });
    await save(made.student, made.studentId, card);
    const first = async () => (await read(made.plan.id)).instalments[0]!;
    return { ...made, first };
  };
  const payments = async (invoiceId: Id) =>
    (await owner.get(`/payments?invoiceId=${invoiceId}`).expect(200)).body.items as { state: string }[];

  it('pays on the due date, once, however many workers look', async () => {
    const { first, studentId } = await withCard(cards.pays);
    await on(4, ['charge']);
    expect(await first()).toMatchObject({ state: 'invoiced', nextChargeOn: addDays(today, 5) });
    await on(5, ['charge'], 4);
    expect(await first()).toMatchObject({ state: 'paid', nextChargeOn: null });
    expect((await payments((await first()).invoiceId!)).map(({ state }) => state)).toEqual(['succeeded']);
    expect(await till.balance(studentId)).toBe(0);
  });

  it('is tried again two and five days later when it is declined, then no more; the student hears of it', async () => {
    const { first, studentId } = await withCard(cards.declines);
    for (const day of [5, 6, 7, 8, 10, 11, 20]) await on(day, ['charge']);
    const { invoiceId, nextChargeOn } = await first();
    expect(nextChargeOn).toBeNull();
    expect((await payments(invoiceId!)).map(({ state }) => state)).toEqual(['failed', 'failed', 'failed']);
    expect((await messagesTo(studentId)).filter((kind) => kind === 'card_not_charged')).toHaveLength(6);
  });

  it('whose bank wants to see the customer sends him to pay himself, and is not tried again', async () => {
    const { first, student, studentId } = await withCard(cards.wantsCustomer);
    await on(5, ['charge']);
    const { invoiceId, nextChargeOn } = await first();
    expect(nextChargeOn).toBeNull();
    expect(await messagesTo(studentId)).toContain('card_not_charged');
    await till.pay((await till.checkout(student, invoiceId!)).url);
    expect((await first()).state).toBe('paid');
  });

  it('takes nothing where he has paid before, or the plan does not say so', async () => {
    const { first, student } = await withCard(cards.pays);
    const { invoiceId } = await first();
    await till.pay((await till.checkout(student, invoiceId!)).url);
    await on(5, ['charge']);
    expect(await payments(invoiceId!)).toHaveLength(1);
    const other = await started([1000], { firstDueOn: addDays(today, 5) });
    await save(other.student, other.studentId, cards.pays);
    await on(6, ['charge']);
    expect(await payments((await read(other.plan.id)).instalments[0]!.invoiceId!)).toEqual([]);
  });
});

describe('the end of a plan', () => {
  it('leaves what is invoiced owed, and the rest open as before', async () => {
    const { studentId, plan } = await started([650, 650, 700], { firstDueOn: addDays(today, 5) });
    const { body } = await owner.post(`/instalment-plans/${plan.id}/end`, {}).expect(200);
    expect(body).toMatchObject({ state: 'ended', restInvoiceId: null });
    expect(await states(plan.id)).toEqual(['invoiced', 'cancelled', 'cancelled']);
    expect((await owner.post(`/instalment-plans/${plan.id}/end`, {}).expect(409)).body.code).toBe(
      'instalment_plan.ended',
    );
    await on(60, ['issue']);
    expect(await till.balance(studentId)).toBe(66_667);
    const again = { count: 4, firstDueOn: addDays(today, 5) };
    const { body: next } = await owner.post(plansOf(studentId), again).expect(201);
    expect(next.total.amount).toBe(133_333);
    const rest = await owner.post(`/instalment-plans/${next.id}/end`, {}).expect(200);
    expect(rest.body.state).toBe('ended');
    await owner.post('/invoices', { studentId }).expect(201);
    expect(await till.balance(studentId)).toBe(200_000);
    const { items } = (await owner.get(`/invoices?studentId=${studentId}`).expect(200)).body;
    let vat = 0;
    for (const { id } of items) vat += (await till.invoice(id)).vat.amount;
    expect(vat).toBe(13_000 + 13_000 + 14_000);
  });

  it('ends the tries of the card, also of one whose answer comes after the end', async () => {
    const { studentId, student, plan } = await started([1000], { firstDueOn: addDays(today, 5), autoCharge: true });
    await save(student, studentId, cards.declines);
    await on(5, ['charge']);
    await owner.post(`/instalment-plans/${plan.id}/end`, {}).expect(200);
    const late = till.test.app.get(RecordInstalmentTry, { strict: false });
    await till.nord.run(() => late.execute(plan.instalments[0]!.id, 1, { again: true, refusedPaymentId: null }));
    expect((await read(plan.id)).instalments[0]).toMatchObject({ state: 'invoiced', nextChargeOn: null });
  });

  it('calls the rest in when enough of it is missed, and not before', async () => {
    const callIn = (id: Id) => owner.post(`/instalment-plans/${id}/end`, { callIn: true });
    const patient = await missed();
    const refused = await callIn(patient.plan.id).expect(409);
    expect(refused.body).toMatchObject({ code: 'instalment_plan.too_few_missed', missed: 1, needed: 2 });
    const { studentId, plan } = await missed({ callInAfterMissed: 1 });
    const { body } = await callIn(plan.id).expect(200);
    const rest = await till.invoice(body.restInvoiceId);
    expect(rest).toMatchObject({ gross: { amount: 66_666 }, dueOn: today });
    expect(await till.balance(studentId)).toBe(100_000);
  });
});

describe('what is paid in instalments', () => {
  let lessons: Id;
  let book: Id;

  const product = async (code: string, lessonTypeId?: Id): Promise<Id> => {
    const { body } = await owner.post('/products', { code, name: code, lessonTypeId }).expect(201);
    const listed = { validFrom: '2026-01-01', gross: krone(650), vatRateBp: 2500 };
    await owner.post(`/products/${body.id}/prices`, listed).expect(201);
    return body.id;
  };
  beforeAll(async () => {
    lessons = await product('KOR', till.nord.lessonTypeId);
    book = await product('BOG');
  });

  /** Three lessons and a book for 2000 kr.; the first instalment is invoiced at once. */
  async function sold() {
    const { id: studentId, caller: student } = await till.newStudent();
    const parts = [
      { productId: lessons, quantity: 3 },
      { productId: book, quantity: 1 },
    ];
    const offer = { name: 'Lovpakke', price: krone(2000), validMonths: 12, parts };
    const { body: offered } = await owner.post('/packages', offer).expect(201);
    const { body } = await owner.post(`/students/${studentId}/packages`, { packageId: offered.id }).expect(201);
    const wish = { soldPackageId: body.id, count: 3, firstDueOn: addDays(today, 5) };
    const { body: plan } = await owner.post(plansOf(studentId), wish).expect(201);
    return { studentId, student, soldPackageId: body.id as Id, plan: plan as Plan };
  }

  /** Of the charges of one student, without VAT: what is revenue by now, and what waits for delivery. */
  async function books(studentId: Id): Promise<{ revenue: number; deferred: number }> {
    const { rows } = await sql<{ revenue: number; deferred: number }>`
      SELECT CAST(COALESCE(SUM(IF(c.delivered, l.net_minor, 0)), 0) AS SIGNED) AS revenue,
        CAST(COALESCE(SUM(IF(c.delivered, 0, l.net_minor)), 0) AS SIGNED) AS deferred
      FROM charges c JOIN invoice_lines l ON l.school_id = c.school_id AND l.charge_id = c.id
      WHERE c.student_id = ${bin(studentId)}`.execute(globalQuery<object>(till.test.em.fork()));
    return rows[0]!;
  }

  it('is earned once, in whatever order it is delivered and invoiced', async () => {
    const { studentId, soldPackageId, plan } = await sold();
    expect(plan.instalments.map(({ amount }) => amount.amount)).toEqual([66_667, 66_667, 66_666]);
    expect(await books(studentId)).toEqual({ revenue: 0, deferred: 53_334 });
    const handOver = (productId: Id) =>
      owner.post(`/sold-packages/${soldPackageId}/hand-over`, { productId }).expect(200);
    await handOver(book);
    const { body } = await handOver(lessons);
    expect(body.parts).toMatchObject([
      { bought: 1, used: 1, left: 0 },
      { bought: 3, used: 1, left: 2 },
    ]);
    await on(0, ['earn']);
    await on(40, ['issue', 'earn']);
    await on(70, ['issue', 'earn']);
    expect(await books(studentId)).toEqual({ revenue: 80_000, deferred: 80_000 });
    await handOver(lessons);
    await handOver(lessons);
    await on(0, ['earn']);
    expect(await books(studentId)).toEqual({ revenue: 160_000, deferred: 0 });
    const { entries } = await ledger(studentId);
    expect(entries).toEqual({ earned: 160_000, vat: 40_000 });
  });

  /** Through the ledger: what invoices and deliveries of one student have posted to revenue and VAT. */
  async function ledger(studentId: Id) {
    const { rows } = await sql<{ kind: string; total: number }>`
      SELECT SUBSTRING_INDEX(a.account_key, '/', 1) AS kind,
        CAST(SUM(IF(t.credit_account_id = a.id, t.amount_minor, -t.amount_minor)) AS SIGNED) AS total FROM ledger_transfers t
      JOIN ledger_accounts a ON a.school_id = t.school_id AND a.id IN (t.credit_account_id, t.debit_account_id)
      WHERE a.student_id IS NULL AND (t.source_id IN (SELECT id FROM invoices WHERE student_id = ${bin(studentId)})
        OR t.source_id IN (SELECT id FROM charges WHERE student_id = ${bin(studentId)})) GROUP BY kind`.execute(
      globalQuery<object>(till.test.em.fork()),
    );
    const of = (kind: string) => rows.find((row) => row.kind === kind)?.total ?? 0;
    expect(of('deferred')).toBe(0);
    return { entries: { earned: of('revenue'), vat: of('output-vat') } };
  }

  it('is given back with its package: the plan ends, what was paid comes back less what was used', async () => {
    const { studentId, student, soldPackageId, plan } = await sold();
    await till.pay((await till.checkout(student, plan.instalments[0]!.invoiceId!)).url);
    await on(40, ['issue']);
    await owner.post(`/sold-packages/${soldPackageId}/hand-over`, { productId: book }).expect(200);
    const { body: shown } = await owner.get(`/sold-packages/${soldPackageId}/withdrawal`).expect(200);
    expect(shown).toMatchObject({ usedAtList: krone(650), credited: krone(1500), charged: krone(150) });
    const expectedReturn = shown.returned;
    await owner.post(`/sold-packages/${soldPackageId}/withdrawal`, { expectedReturn }).expect(200);
    expect((await read(plan.id)).instalments.map(({ state }) => state)).not.toContain('planned');
    expect(await chargesOf(studentId, '&state=open')).toEqual([]);
    // He has paid 666.67 and used a book at 650.
    expect(await till.balance(studentId)).toBe(65_000 - 66_667);
    await on(60, ['issue']);
    expect(await till.balance(studentId)).toBe(65_000 - 66_667);
  });

  it('is cancelled with its lesson, whether invoiced or not', async () => {
    const { id: studentId } = await till.newStudent();
    const startsAt = `${addDays(today, 30)}T10:00:00Z`;
    const wish = { studentId, lessonTypeId: till.nord.lessonTypeId, teacherId: till.nord.teacher.id, startsAt };
    const { body: booking } = await owner.post('/bookings', wish).expect(201);
    await till.charge(studentId, 650);
    const plan = { count: 3, firstDueOn: addDays(today, 5) };
    const { body } = await owner.post(plansOf(studentId), plan).expect(201);
    await owner.post(`/bookings/${booking.id}/cancel`, {}).expect(200);
    expect(await till.balance(studentId)).toBe(0);
    const left = (await read(body.id)).instalments.map(({ state, outstanding }) => [state, outstanding.amount]);
    expect(left).toEqual([
      ['cancelled', 0],
      ['planned', 65_000 - 43_333],
      ['planned', 43_333],
    ]);
  });

  it('is credited in part like any invoice', async () => {
    const { studentId, plan } = await started([1000], { firstDueOn: addDays(today, 5) });
    const invoice = await till.invoice(plan.instalments[0]!.invoiceId!);
    const lines = [{ lineId: invoice.lines[0].id, amount: krone(100) }];
    await owner.post(`/invoices/${invoice.id}/credit-notes`, { lines }).expect(201);
    const [first] = (await read(plan.id)).instalments;
    expect(first).toMatchObject({ state: 'invoiced', outstanding: { amount: 23_334 } });
    await owner.post(`/invoices/${invoice.id}/credit-notes`, {}).expect(201);
    expect(await states(plan.id)).toEqual(['cancelled', 'planned', 'planned']);
    expect(await till.balance(studentId)).toBe(0);
  });
});

describe('verify', () => {
  it('finds what is not so', async () => {
    const { plan } = await started([1000], { firstDueOn: addDays(today, 5) });
    const { plan: over } = await started([1000], { firstDueOn: addDays(today, 5) });
    await owner.post(`/instalment-plans/${over.id}/end`, {}).expect(200);
    const [first, second] = plan.instalments as [Part, Part, Part];
    const db = () => globalQuery<object>(till.test.em.fork());
    const audit = till.test.app.get(InstalmentAudit, { strict: false });
    const ofFirst = sql`instalment_id = ${bin(first.id)}`;
    const breaches = [
      [
        'what was agreed',
        sql`UPDATE instalment_plans SET total_minor = total_minor + ${sql.lit(1)} WHERE id = ${bin(plan.id)}`,
      ],
      ['sum of its charges', sql`UPDATE charges SET gross_minor = gross_minor + ${sql.lit(1)} WHERE ${ofFirst}`],
      ['is on its invoice', sql`UPDATE charges SET state = ${'open'} WHERE ${ofFirst}`],
      [
        'in a plan that has ended',
        sql`UPDATE instalments SET next_charge_on = ${today} WHERE plan_id = ${bin(over.id)}`,
      ],
      [
        'one student, product and VAT rate',
        sql`UPDATE charges SET vat_rate_bp = ${0} WHERE instalment_id = ${bin(second.id)}`,
      ],
    ] as const;
    const undo = [
      sql`UPDATE instalment_plans SET total_minor = total_minor - 1 WHERE id = ${bin(plan.id)}`,
      sql`UPDATE charges SET gross_minor = gross_minor - 1 WHERE ${ofFirst}`,
      sql`UPDATE charges SET state = 'invoiced' WHERE ${ofFirst}`,
      sql`UPDATE instalments SET next_charge_on = NULL WHERE plan_id = ${bin(over.id)}`,
      sql`UPDATE charges SET vat_rate_bp = 2500 WHERE instalment_id = ${bin(second.id)}`,
    ];
    for (const [index, [what, breach]] of breaches.entries()) {
      await breach.execute(db());
      expect(await till.nord.run(() => audit.verify())).toEqual(
        expect.arrayContaining([expect.stringContaining(what)]),
      );
      await undo[index]!.execute(db());
    }
  });
});
