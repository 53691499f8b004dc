import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { ReconcileGateways } from '../../src/modules/finance/reconciliation/jobs/reconcile-gateways.js';
import { ReadGatewayBooks } from '../../src/modules/finance/reconciliation/use-cases/read-gateway-books.js';
import { RecordMovement } from '../../src/modules/finance/reconciliation/use-cases/record-movement.js';
import { RecordPayout } from '../../src/modules/finance/reconciliation/use-cases/record-payout.js';
import { FinanceAudit, type PaymentGateway } from '../../src/modules/finance/index.js';
import { bin, globalQuery } from '../../src/platform/database/query.js';
import { newId, type Id } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';
import { recordBalance } from '../../sandbox/stripe/balance.js';
import { Params } from '../../sandbox/stripe/params.js';
import { createRefund } from '../../sandbox/stripe/refunds.js';
import { krone, statusesOf, Till } from './till.js';

let till: Till;

beforeAll(async () => {
  till = await Till.open();
});
afterEach(() => till.tidy());
afterAll(() => till?.close());

const stripe = () => till.test.sandbox.stripe;
const compare = () => till.test.app.get(ReconcileGateways, { strict: false }).run(till.test.clock.now());

const differences = async (state = 'open') =>
  (await till.nord.owner.get(`/gateway-differences?state=${state}&limit=100`).expect(200)).body.items as {
    id: Id;
    kind: string;
    paymentId: Id | null;
    here: { amount: number; currency: string } | null;
    there: { amount: number; currency: string } | null;
  }[];

const differenceOf = async (paymentId: Id) =>
  (await differences()).find((difference) => difference.paymentId === paymentId)!;

/** What the sandbox's Stripe keeps of so many kroner. */
const feesOf = (kroner: number) => kroner * 1.5 + 180;

const inCash = (kroner: number) => ({ amount: krone(kroner), method: 'cash', reason: 'Kontant' });

/** Somebody gives money back in the provider's own portal, and nobody tells us. */
async function refundThere(paymentId: Id, amount: number): Promise<void> {
  createRefund(stripe().account, new Params({ charge: (await chargeOf(paymentId)).id, amount: String(amount) }));
  stripe().account.takeOutgoing();
}

const of = async (paymentId: Id, state = 'open') =>
  (await differences(state)).filter((difference) => difference.paymentId === paymentId).map(({ kind }) => kind);

/** Of one account of the school's ledger, in øre. */
async function balance(key: string): Promise<number> {
  const { rows } = await sql<{ total: number | string }>`
    SELECT CAST(COALESCE(SUM(CASE WHEN t.debit_account_id = a.id THEN t.amount_minor ELSE -t.amount_minor END), 0) AS SIGNED) AS total
    FROM ledger_accounts a JOIN ledger_transfers t ON t.school_id = a.school_id AND a.id IN (t.debit_account_id, t.credit_account_id)
    WHERE a.school_id = ${bin(till.nord.id)} AND a.account_key = ${key}`.execute(
    globalQuery<object>(till.test.em.fork()),
  );
  return Number(rows[0]!.total);
}

const chargeOf = async (paymentId: Id) =>
  [...stripe().account.charges.values()].find(({ metadata }) => metadata['payment_id'] === paymentId)!;

/** A line of a gateway's books that nobody of ours has made. */
const line = {
  ref: 'txn_theirs',
  kind: 'payment' as const,
  amount: Money.of(40_000),
  fee: Money.of(0),
  at: new Date(),
  chargeRef: null,
  sourceRef: null,
  schoolId: null,
  paymentId: null,
  refundId: null,
};

describe('the gateway’s books beside ours', () => {
  it('are the same after a payment and a refund, and their fees are posted once', async () => {
    const { paymentId } = await till.paid();
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { amount: krone(50), reason: 'Fejl' }).expect(202);
    await till.test.settle();
    const before = await balance('gateway-fees/stripe');
    await Promise.all([compare(), compare()]);
    await compare();
    expect(await of(paymentId)).toEqual([]);
    expect((await balance('gateway-fees/stripe')) - before).toBe(feesOf(650));
  });

  it('become bank when the gateway pays out, line by line, and once', async () => {
    await till.paid(700);
    await compare();
    const payout = await stripe().payOut();
    await till.test.settle();
    await Promise.all([compare(), compare()]);
    await compare();
    const { body } = await till.nord.owner.get('/gateway-payouts').expect(200);
    const mine = body.items.filter(({ payoutRef }: { payoutRef: string }) => payoutRef === payout!.id);
    expect(mine).toMatchObject([{ provider: 'stripe', amount: { currency: 'DKK', amount: payout!.amount } }]);
    expect(await balance('bank')).toBe(payout!.amount);
    expect(await balance('clearing/stripe')).toBe(0);
    expect((await till.syd.owner.get('/gateway-payouts').expect(200)).body.items).toEqual([]);
  });

  it('take back what a payout was to bring, when the bank refused it, until the next one brings it', async () => {
    const before = [await balance('bank'), await balance('clearing/stripe')];
    const failed = { ...line, ref: 'txn_refused', kind: 'payout_failure' as const, sourceRef: 'po_refused' };
    const record = till.test.app.get(RecordMovement, { strict: false });
    for (let time = 0; time < 2; time++) await till.nord.run(() => record.execute('stripe', 'acct_nord', failed));
    const changed = [await balance('bank'), await balance('clearing/stripe')].map((now, index) => now - before[index]!);
    expect(changed).toEqual([-40_000, 40_000]);
    const paidOut = {
      provider: 'stripe',
      payoutRef: 'po_next',
      paidAt: line.at,
      currency: 'DKK',
      movementRefs: [failed.ref],
    };
    await till.nord.run(() => till.test.app.get(RecordPayout, { strict: false }).execute(paidOut));
    expect([await balance('bank'), await balance('clearing/stripe')]).toEqual(before);
  });

  it('take back each school’s part of a payout of the platform’s account that the bank refused, and the next one brings it', async () => {
    const before = [await balance('bank'), await balance('clearing/stripe')];
    await till.paid(400);
    const refused = await stripe().payOut();
    await stripe().refusePayout(refused!);
    const { paymentId } = await till.paid(200);
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { amount: krone(50), reason: 'Fejl' }).expect(202);
    await till.test.settle();
    const second = await stripe().payOut();
    await till.test.settle();
    await Promise.all([compare(), compare()]);
    await compare();
    const brought = refused!.amount + second!.amount - refused!.amount;
    expect([await balance('bank'), await balance('clearing/stripe')]).toEqual([before[0]! + brought, before[1]]);
    const now = till.today();
    const csv = await till.nord.owner.get(`/gateway-payouts.csv?from=${now}&until=${now}`).expect(200);
    const rows = csv.text
      .replace('\uFEFF', '')
      .trim()
      .split('\r\n')
      .map((row: string) => row.split(';'));
    const minor = (text: string) => Math.round(Number(text) * 100);
    const linesOf = (ref: string) => rows.filter(([, name]: string[]) => name === ref);
    for (const payout of [refused!, second!]) {
      const [lines, [sum]] = [linesOf(payout.id).slice(0, -1), linesOf(payout.id).slice(-1)];
      expect(sum).toMatchObject({ 2: 'To the bank', 8: (payout.amount / 100).toFixed(2) });
      expect(lines.reduce((total: number, row: string[]) => total + minor(row[8]!), 0)).toBe(payout.amount);
      expect(minor(sum![6]!) - minor(sum![7]!)).toBe(payout.amount);
    }
    expect(linesOf(second!.id).map(([, , kind]: string[]) => kind)).toEqual(
      expect.arrayContaining(['Payment', 'Refund', 'Payout came back', 'To the bank']),
    );
    const theirs = await till.syd.owner.get(`/gateway-payouts.csv?from=${now}&until=${now}`).expect(200);
    expect(theirs.text.trim().split('\r\n')).toHaveLength(1);
    const backwards = await till.nord.owner.get(`/gateway-payouts.csv?from=${now}&until=2020-01-01`).expect(422);
    expect(backwards.body.code).toBe('report.period_invalid');
  });

  it('are read to their end where they name a school of another installation', async () => {
    const movements = [{ ...line, schoolId: newId(), paymentId: newId() }];
    const listMovements = () => Promise.resolve({ outcome: 'accepted', status: { movements, hasMore: false } });
    const gateway = { provider: 'stripe', listMovements } as unknown as PaymentGateway;
    const reader = till.test.app.get(ReadGatewayBooks, { strict: false });
    await reader.execute({ gateway, account: null, owner: null }, line.at);
    expect(await differences()).toEqual([]);
  });

  it('prove a payment that we had given up', async () => {
    const { student, invoiceId } = await till.invoiced();
    const { paymentId, url } = await till.checkout(student, invoiceId);
    till.test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'checkout.session.completed' });
    await till.pay(url);
    await sql`UPDATE payments SET state = 'expired', open_for = NULL, next_check_at = NULL WHERE id = ${bin(paymentId)}`.execute(
      globalQuery<object>(till.test.em.fork()),
    );
    await compare();
    expect(await till.payment(paymentId)).toMatchObject({ state: 'succeeded', received: krone(650) });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid' });
    expect(await of(paymentId)).toEqual([]);
    await stripe().webhooks.release();
    await till.test.settle();
  });

  it('show what was given back behind our back, until somebody says why it may stay', async () => {
    const { paymentId } = await till.paid();
    await refundThere(paymentId, 5_000);
    await compare();
    await compare();
    expect(await of(paymentId)).toEqual(['unknown_refund']);
    const [difference] = (await differences()).filter((each) => each.paymentId === paymentId);
    const path = `/gateway-differences/${difference!.id}`;
    const { body: asked } = await till.nord.owner.post(`${path}/check`).expect(200);
    expect(asked).toMatchObject({ state: 'open' });
    await till.syd.owner.post(`${path}/dismiss`, { reason: 'Nej' }).expect(404);
    const { body } = await till.nord.owner.post(`${path}/dismiss`, { reason: 'Refunderet hos Stripe' }).expect(200);
    expect(body).toMatchObject({ state: 'dismissed', reason: 'Refunderet hos Stripe' });
    await till.nord.owner.post(`${path}/dismiss`, { reason: 'Igen' }).expect(409);
    await compare();
    expect(await of(paymentId)).toEqual([]);
    const actions = (await till.nord.owner.get(`/audit-log?subjectId=${difference!.id}`).expect(200)).body.items;
    expect(actions.map(({ action }: { action: string }) => action).sort()).toEqual([
      'gateway_difference.checked',
      'gateway_difference.dismissed',
    ]);
  });

  it('are made ours where a refund was made at the provider: once, however many take it over at once', async () => {
    const { paymentId, invoiceId, studentId } = await till.paid();
    await refundThere(paymentId, 5_000);
    const clearing = await balance('clearing/stripe');
    await compare();
    const { id } = await differenceOf(paymentId);
    const path = `/gateway-differences/${id}`;
    await till.syd.owner.post(`${path}/adopt`, { reason: 'Nej' }).expect(404);
    const notPostable = await till.nord.owner.post(`${path}/posting`, { to: 'fees', reason: 'Nej' }).expect(409);
    expect(notPostable.body.code).toBe('gateway_difference.not_postable');
    const adopt = () => till.nord.owner.post(`${path}/adopt`, { reason: 'Refunderet hos Stripe' });
    const answers = await Promise.all([adopt(), adopt(), adopt()]);
    expect(statusesOf(answers)).toEqual([200, 409, 409]);
    expect(await till.payment(paymentId)).toMatchObject({
      refunded: krone(50),
      refunds: [{ state: 'succeeded', amount: krone(50), reason: 'Refunderet hos Stripe' }],
    });
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', outstanding: krone(50) });
    expect(await till.balance(studentId)).toBe(5_000);
    expect((await balance('clearing/stripe')) - clearing).toBe(-5_000 - feesOf(650));
    await compare();
    expect(await of(paymentId)).toEqual([]);
    const { body } = await till.nord.owner.get(`/audit-log?subjectId=${id}`).expect(200);
    expect(body.items).toMatchObject([{ action: 'gateway_difference.adopted' }]);
    const refundId = (await till.payment(paymentId)).refunds[0].id;
    const { body: refunded } = await till.nord.owner.get(`/audit-log?subjectId=${refundId}`).expect(200);
    expect(refunded.items).toMatchObject([{ action: 'refund.succeeded' }]);
  });

  it('take the student’s credit first where a refund is taken over, and never more than is left', async () => {
    const { paymentId, invoiceId, studentId } = await till.paid();
    await till.nord.owner.post(`/invoices/${invoiceId}/credit-notes`, {}).expect(201);
    expect(await till.balance(studentId)).toBe(-65_000);
    await refundThere(paymentId, 60_000);
    await compare();
    const { id } = await differenceOf(paymentId);
    await till.nord.owner.post(`/payments/${paymentId}/payouts`, inCash(100)).expect(201);
    const tooMuch = await till.nord.owner.post(`/gateway-differences/${id}/adopt`, { reason: 'For meget' }).expect(422);
    expect(tooMuch.body.code).toBe('payment.refund_above_received');
    expect(await of(paymentId)).toEqual(['unknown_refund']);
    await till.nord.owner
      .post(`/gateway-differences/${id}/dismiss`, { reason: 'Eleven har fået for meget' })
      .expect(200);
    const other = await till.paid();
    await till.nord.owner.post(`/invoices/${other.invoiceId}/credit-notes`, {}).expect(201);
    await refundThere(other.paymentId, 60_000);
    await compare();
    const open = await differenceOf(other.paymentId);
    await till.nord.owner.post(`/gateway-differences/${open.id}/adopt`, { reason: 'Refunderet' }).expect(200);
    expect(await till.balance(other.studentId)).toBe(-5_000);
    expect(await till.invoice(other.invoiceId)).toMatchObject({ state: 'credited' });
  });

  it('say nothing of a refund that the bank sent back, ours or not', async () => {
    const { paymentId } = await till.paid();
    await refundThere(paymentId, 5_000);
    const [theirs] = [...stripe().account.refunds.values()].slice(-1);
    await compare();
    expect(await of(paymentId)).toEqual(['unknown_refund']);
    recordBalance(stripe().account, theirs!.id, 'refund_failure', 5_000, 'dkk');
    await compare();
    expect(await of(paymentId)).toEqual([]);
    expect(await of(paymentId, 'resolved')).toEqual(['unknown_refund']);
    const ours = await till.paid();
    await till.nord.owner.post(`/payments/${ours.paymentId}/refunds`, { reason: 'Fejl' }).expect(202);
    await till.test.settle();
    const [made] = [...stripe().account.refunds.values()].slice(-1);
    recordBalance(stripe().account, made!.id, 'refund_failure', 65_000, 'dkk');
    await compare();
    expect((await till.payment(ours.paymentId)).refunds).toMatchObject([{ state: 'failed' }]);
    expect(await of(ours.paymentId)).toEqual([]);
  });

  it('list what nothing of ours explains, until somebody posts it, once', async () => {
    const record = till.test.app.get(RecordMovement, { strict: false });
    const keep = (ref: string, amount: number) =>
      till.nord.run(() =>
        record.execute('stripe', 'acct_nord', { ...line, ref, kind: 'other', amount: Money.of(amount) }),
      );
    const accounts = ['clearing/stripe', 'gateway-fees/stripe', 'bank', 'write-offs'];
    const balances = () => Promise.all(accounts.map(balance));
    const before = await balances();
    await keep('txn_fee', -2_500);
    await keep('txn_topup', 10_000);
    await keep('txn_loss', -700);
    await keep('txn_nothing', 0);
    expect(await balances()).toEqual(before);
    const listed = (await differences()).filter(({ kind }) => kind === 'other_movement');
    const amounts = listed.map(({ there }) => there!.amount);
    expect(amounts.toSorted((a, b) => a - b)).toEqual([-2_500, -700, 10_000]);
    const idOf = (amount: number) => listed.find(({ there }) => there?.amount === amount)!.id;
    const post = (amount: number, to: string) =>
      till.nord.owner.post(`/gateway-differences/${idOf(amount)}/posting`, { to, reason: 'Ifølge kontoudtog' });
    const dismissed = await till.nord.owner.post(`/gateway-differences/${idOf(-700)}/dismiss`, { reason: 'Nej' });
    expect([dismissed.status, dismissed.body.code]).toEqual([409, 'gateway_difference.to_post']);
    await till.syd.owner.post(`/gateway-differences/${idOf(-700)}/posting`, { to: 'bank', reason: 'Nej' }).expect(404);
    await post(-700, 'lottery').expect(400);
    expect(statusesOf(await Promise.all([post(-2_500, 'fees'), post(-2_500, 'bank')]))).toEqual([200, 409]);
    const first = (await balances()).map((now, index) => now - before[index]!);
    expect(first[0]).toBe(-2_500);
    expect(first[1]! + first[2]!).toBe(2_500);
    expect((await post(10_000, 'bank').expect(200)).body).toMatchObject({ state: 'resolved' });
    await post(-700, 'write_off').expect(200);
    const moved = (await balances()).map((now, index) => now - before[index]!);
    expect([moved[0], moved[3]]).toEqual([6_800, 700]);
    const { body } = await till.nord.owner.get('/audit-log?action=gateway_difference.posted').expect(200);
    expect(body.items.map(({ action }: { action: string }) => action)).toEqual(
      Array.from({ length: 3 }, () => 'gateway_difference.posted'),
    );
    await keep('txn_fee', -2_500);
    expect((await differences()).filter(({ kind }) => kind === 'other_movement')).toEqual([]);
  });

  it('compare currencies too, and what was settled opens anew when it differs again', async () => {
    const { paymentId } = await till.paid();
    const entries = stripe().account.balanceTransactions;
    const entry = entries.get((await chargeOf(paymentId)).balance_transaction as string)!;
    entry.currency = 'eur';
    await compare();
    expect(await of(paymentId)).toEqual(['amount_differs']);
    const { here, there } = await differenceOf(paymentId);
    expect([here, there]).toEqual([krone(650), { amount: 65_000, currency: 'EUR' }]);
    entry.currency = 'dkk';
    await compare();
    expect(await of(paymentId, 'resolved')).toEqual(['amount_differs']);
    entry.amount -= 100;
    await compare();
    expect(await of(paymentId)).toEqual(['amount_differs']);
    expect((await differenceOf(paymentId)).there).toEqual({ amount: 64_900, currency: 'DKK' });
    entry.amount += 100;
    await compare();
    expect(await of(paymentId)).toEqual([]);
  });

  it('show what we have and they have not, and what differs', async () => {
    const lost = await till.paid();
    const changed = await till.paid();
    const entries = stripe().account.balanceTransactions;
    const gone = (await chargeOf(lost.paymentId)).balance_transaction as string;
    const kept = entries.get(gone)!;
    entries.delete(gone);
    const other = entries.get((await chargeOf(changed.paymentId)).balance_transaction as string)!;
    other.amount -= 100;
    till.test.clock.advance({ days: 2 });
    await compare();
    till.test.clock.follow();
    expect(await of(lost.paymentId)).toEqual(['missing_there']);
    expect(await of(changed.paymentId)).toEqual(['amount_differs']);
    entries.set(gone, kept);
    other.amount += 100;
    await compare();
    expect(await of(lost.paymentId, 'resolved')).toEqual(['missing_there']);
    expect(await of(changed.paymentId, 'resolved')).toEqual(['amount_differs']);
  });
});

describe('payments that the gateway does not show', () => {
  it('are all found, however many they are', async () => {
    const { paymentId } = await till.paid();
    const db = globalQuery<object>(till.test.em.fork());
    const { rows: columns } = await sql<{ name: string }>`SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = 'payments' AND column_name NOT IN ('id', 'provider_ref', 'charge_ref')`.execute(
      db,
    );
    const copied = sql.join(columns.map(({ name }) => sql.ref(name)));
    const ids = Array.from({ length: 201 }, () => bin(newId()));
    const made = sql.join(ids);
    const copies = ids.map((id) => sql`SELECT ${id}, ${copied} FROM payments WHERE id = ${bin(paymentId)}`);
    await sql`INSERT INTO payments (id, ${copied}) ${sql.join(copies, sql` UNION ALL `)}`.execute(db);
    till.test.clock.advance({ days: 2 });
    await compare();
    till.test.clock.follow();
    const { rows } = await sql<{ found: number | string }>`SELECT COUNT(*) AS found FROM gateway_differences
      WHERE payment_id IN (${made}) AND kind = 'missing_there'`.execute(db);
    await sql`DELETE FROM gateway_differences WHERE payment_id IN (${made})`.execute(db);
    await sql`DELETE FROM payments WHERE id IN (${made})`.execute(db);
    expect(Number(rows[0]!.found)).toBe(201);
  });
});

describe('a dispute', () => {
  it('opens the invoice again, once, however often and in whatever order it is told; won, it is paid again', async () => {
    const { paymentId, invoiceId, studentId, student } = await till.paid();
    const charge = await chargeOf(paymentId);
    for (const operation of ['charge.dispute.created', 'charge.dispute.closed']) {
      till.test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_duplicate', operation, copies: 20 });
    }
    const dispute = await stripe().dispute(charge.id);
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', paid: krone(0) });
    expect(await till.balance(studentId)).toBe(65_000);
    const { body: credit } = await till.nord.owner.get(`/students/${studentId}/credit`).expect(200);
    expect(credit).toMatchObject({ credit: krone(0), payments: [] });
    await till.nord.owner.post(`/payments/${paymentId}/refunds`, { amount: krone(1), reason: 'Nej' }).expect(422);
    const again = await till.checkout(student, invoiceId);
    await stripe().decide(dispute, 'won');
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
    expect((await till.payment(again.paymentId)).state).toBe('expired');
    expect(await till.balance(studentId)).toBe(0);
    await compare();
    const { body } = await till.nord.owner.get('/disputes').expect(200);
    expect(body.items).toMatchObject([{ paymentId, state: 'won', amount: krone(650), reason: 'fraudulent' }]);
  });

  it('that is lost stays lost, and whose end is told before its beginning counts once', async () => {
    const { paymentId, invoiceId } = await till.paid();
    till.test.sandbox.faults.add({ system: 'stripe', kind: 'webhook_hold', operation: 'charge.dispute.created' });
    const dispute = await stripe().dispute((await chargeOf(paymentId)).id);
    await stripe().decide(dispute, 'lost');
    await till.test.settle();
    await stripe().webhooks.release();
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'issued', paid: krone(0) });
    const { body } = await till.nord.owner.get('/disputes').expect(200);
    expect(body.items.filter((each: { paymentId: Id }) => each.paymentId === paymentId)).toMatchObject([
      { state: 'lost' },
    ]);
  });

  it('that is about no payment of ours is listed', async () => {
    const theirs = { ...line, ref: 'txn_dispute', kind: 'dispute' as const, sourceRef: 'dp_theirs' };
    const record = till.test.app.get(RecordMovement, { strict: false });
    for (let time = 0; time < 2; time++) await till.nord.run(() => record.execute('stripe', 'acct_nord', theirs));
    const listed = (await differences()).filter(({ kind }) => kind === 'unknown_dispute');
    expect(listed).toHaveLength(1);
  });

  it('that the books do not carry is found by the proof', async () => {
    const { paymentId } = await till.paid();
    const write = globalQuery<object>(till.test.em.fork());
    await sql`UPDATE payments SET disputed_minor = 100 WHERE id = ${bin(paymentId)}`.execute(write);
    const found = await till.nord.run(() => till.test.app.get(FinanceAudit, { strict: false }).verify());
    await sql`UPDATE payments SET disputed_minor = 0 WHERE id = ${bin(paymentId)}`.execute(write);
    expect(JSON.stringify(found)).toContain('a payment is disputed as far as its disputes stand');
  });
});

describe('the proof', () => {
  it('finds a line of the gateway’s that is neither posted nor listed, and a refund that is not its line', async () => {
    const { paymentId } = await till.paid();
    await refundThere(paymentId, 5_000);
    await compare();
    const { id } = await differenceOf(paymentId);
    await till.nord.owner.post(`/gateway-differences/${id}/adopt`, { reason: 'Refunderet' }).expect(200);
    const write = globalQuery<object>(till.test.em.fork());
    const planted = bin(newId());
    await sql`INSERT INTO gateway_movements (id, school_id, provider, movement_ref, kind, amount_minor, fee_minor, currency, occurred_at)
      VALUES (${planted}, ${bin(till.nord.id)}, 'stripe', 'txn_planted', 'other', 100, 0, 'DKK', NOW(3))`.execute(
      write,
    );
    await sql`UPDATE gateway_movements SET amount_minor = -4999 WHERE payment_id = ${bin(paymentId)} AND kind = 'refund'`.execute(
      write,
    );
    const found = await till.nord.run(() => till.test.app.get(FinanceAudit, { strict: false }).verify());
    await sql`DELETE FROM gateway_movements WHERE id = ${planted}`.execute(write);
    await sql`UPDATE gateway_movements SET amount_minor = -5000 WHERE payment_id = ${bin(paymentId)} AND kind = 'refund'`.execute(
      write,
    );
    const said = JSON.stringify(found);
    expect(said).toContain('a gateway’s line that nothing explains is posted or listed');
    expect(said).toContain('a refund that was taken over is its line of the gateway’s books');
  });
});
