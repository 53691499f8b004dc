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
import { krone, Till } from './till.js';

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
  }[];

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
    expect((await balance('gateway-fees/stripe')) - before).toBe(650 * 1.5 + 180);
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
    const paidOut = { provider: 'stripe', payoutRef: 'po_next', paidAt: line.at, movementRefs: [failed.ref] };
    await till.nord.run(() => till.test.app.get(RecordPayout, { strict: false }).execute(paidOut));
    expect([await balance('bank'), await balance('clearing/stripe')]).toEqual(before);
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
    const charge = await chargeOf(paymentId);
    const { createRefund } = await import('../../sandbox/stripe/refunds.js');
    const { Params } = await import('../../sandbox/stripe/params.js');
    createRefund(stripe().account, new Params({ charge: charge.id, amount: '5000' }));
    stripe().account.takeOutgoing();
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

describe('a dispute', () => {
  it('opens the invoice again, once, however often and in whatever order it is told; won, it is paid again', async () => {
    const { paymentId, invoiceId, studentId } = await till.paid();
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
    await stripe().decide(dispute, 'won');
    await till.test.settle();
    expect(await till.invoice(invoiceId)).toMatchObject({ state: 'paid', paid: krone(650) });
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
