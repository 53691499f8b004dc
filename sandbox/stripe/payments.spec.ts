import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Stripe } from 'stripe';
import { setTimeout as pause } from 'node:timers/promises';
import type { Sandbox } from '../sandbox.js';
import { startTestSandbox, stripeClient } from '../testing/clients.js';

describe('Payments and refunds, spoken to by the Stripe SDK', () => {
  let sandbox: Sandbox;
  let stripe: Stripe;

  beforeAll(async () => {
    sandbox = await startTestSandbox();
    stripe = stripeClient(sandbox);
  });
  beforeEach(() => sandbox.reset());
  afterEach(() => expect(sandbox.violations).toEqual([]));
  afterAll(() => sandbox.close());

  const payWith = (payment_method: string): Promise<Stripe.PaymentIntent> =>
    stripe.paymentIntents.create({ amount: 70_000, currency: 'dkk', payment_method, confirm: true });

  it('keeps customers', async () => {
    const { id } = await stripe.customers.create({ email: 'elev@example.dk', name: 'Ida', metadata: { student: '1' } });
    expect(await stripe.customers.retrieve(id)).toMatchObject({ email: 'elev@example.dk', metadata: { student: '1' } });
  });

  it('confirms with a test payment method', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 70_000, currency: 'dkk' });
    expect(intent.status).toBe('requires_payment_method');
    const paid = await stripe.paymentIntents.confirm(intent.id, { payment_method: 'pm_card_visa' });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 70_000 });
  });

  it('says no with a card error that carries the intent', async () => {
    await expect(payWith('pm_card_visa_chargeDeclinedInsufficientFunds')).rejects.toMatchObject({
      type: 'StripeCardError',
      statusCode: 402,
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      payment_intent: { status: 'requires_payment_method' },
    });
  });

  it('asks for the bank where the card wants it', async () => {
    expect(await payWith('pm_card_authenticationRequired')).toMatchObject({
      status: 'requires_action',
      next_action: { type: 'redirect_to_url' },
    });
  });

  it('cancels what is not paid, and nothing else', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 70_000, currency: 'dkk' });
    expect(await stripe.paymentIntents.cancel(intent.id)).toMatchObject({ status: 'canceled' });
    const paid = await payWith('pm_card_visa');
    await expect(stripe.paymentIntents.cancel(paid.id)).rejects.toMatchObject({
      code: 'payment_intent_unexpected_state',
    });
  });

  it('refunds in parts and never more than is left', async () => {
    const intent = await payWith('pm_card_visa');
    const part = await stripe.refunds.create({ payment_intent: intent.id, amount: 20_000, metadata: { refund: '1' } });
    expect(part).toMatchObject({ status: 'succeeded', amount: 20_000, metadata: { refund: '1' } });
    await expect(stripe.refunds.create({ payment_intent: intent.id, amount: 50_001 })).rejects.toMatchObject({
      code: 'amount_too_large',
    });
    expect((await stripe.refunds.create({ payment_intent: intent.id })).amount).toBe(50_000);
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    });
    const charge = await stripe.charges.retrieve(intent.latest_charge as string);
    expect(charge).toMatchObject({ refunded: true, amount_refunded: 70_000 });
    expect((await stripe.refunds.list({ payment_intent: intent.id })).data).toHaveLength(2);
    expect(await stripe.refunds.retrieve(part.id)).toMatchObject({ id: part.id });
  });

  it('refuses to refund what nobody paid', async () => {
    const intent = await stripe.paymentIntents.create({ amount: 70_000, currency: 'dkk' });
    await expect(stripe.refunds.create({ payment_intent: intent.id })).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.refunds.create({ payment_intent: 'pi_none' })).rejects.toMatchObject({ statusCode: 404 });
  });

  it.each([
    ['pm_card_pendingRefund', 'pending', 'succeeded', 70_000],
    ['pm_card_refundFail', 'succeeded', 'failed', 0],
  ])('settles the refund of %s later', async (paymentMethod, first, last, refunded) => {
    const intent = await payWith(paymentMethod);
    const refund = await stripe.refunds.create({ payment_intent: intent.id });
    expect(refund.status).toBe(first);
    await pause(100);
    expect((await stripe.refunds.retrieve(refund.id)).status).toBe(last);
    const charge = await stripe.charges.retrieve(intent.latest_charge as string);
    expect(charge.amount_refunded).toBe(refunded);
  });

  it('lists its events, each with the object as it was', async () => {
    const intent = await payWith('pm_card_visa');
    await stripe.refunds.create({ payment_intent: intent.id });
    const { data } = await stripe.events.list();
    expect(data.map(({ type }) => type)).toEqual([
      'refund.updated',
      'charge.refunded',
      'refund.created',
      'payment_intent.succeeded',
      'charge.succeeded',
      'payment_intent.created',
    ]);
    const created = await stripe.events.retrieve(data.at(-1)?.id ?? '');
    expect(created.data.object).toMatchObject({ id: intent.id, status: 'requires_payment_method' });
  });

  describe('idempotency', () => {
    const order = { amount: 70_000, currency: 'dkk' };

    it('replays the first answer', async () => {
      const first = await stripe.paymentIntents.create(order, { idempotencyKey: 'k1' });
      await stripe.paymentIntents.cancel(first.id);
      const again = await stripe.paymentIntents.create(order, { idempotencyKey: 'k1' });
      expect(again).toMatchObject({ id: first.id, status: 'requires_payment_method' });
      expect(again.lastResponse.headers['idempotent-replayed']).toBe('true');
      expect(sandbox.stripe.account.paymentIntents.size).toBe(1);
    });

    it('refuses the key for another request', async () => {
      await stripe.paymentIntents.create(order, { idempotencyKey: 'k2' });
      await expect(
        stripe.paymentIntents.create({ ...order, amount: 1_000 }, { idempotencyKey: 'k2' }),
      ).rejects.toMatchObject({ type: 'StripeIdempotencyError', statusCode: 400 });
    });

    it('lets twenty at once act once', async () => {
      const answers = await Promise.allSettled(
        Array.from({ length: 20 }, () => stripe.paymentIntents.create(order, { idempotencyKey: 'k3' })),
      );
      expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true);
      expect(sandbox.stripe.account.paymentIntents.size).toBe(1);
    });
  });
});
