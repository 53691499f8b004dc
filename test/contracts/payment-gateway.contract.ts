import { describe, expect, it, jest } from '@jest/globals';
import type {
  CheckoutIntent,
  CheckoutOpened,
  CustomerCharge,
  PaymentGateway,
  RefundIntent,
} from '../../src/modules/finance/index.js';
import { UntrustedWebhook, type WebhookRequest } from '../../src/platform/webhooks/webhook-adapter.js';
import { newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';

export type ProviderFault = 'timeout_after_acting' | 'timeout_before' | 'error_500' | 'rate_limited' | 'garbage';
export type ProviderOperation = 'create checkout' | 'fetch checkout' | 'refund' | 'charge customer' | 'capture';

/** How a saved card behaves without its owner. */
export type SavedCard = 'pays' | 'wantsCustomer' | 'declines';

/** What a contract needs to know of an adapter and of the provider it is pointed at. */
export interface PaymentProviderUnderTest {
  readonly gateway: () => PaymentGateway;
  /** What the provider never takes, in øre; 1 when left out. */
  readonly rejectedAmount?: number;
  /** The customer pays that checkout. */
  readonly customerPays: (ref: string) => Promise<void>;
  /** The customer saves a card there, which behaves like that when it is charged without him. */
  readonly customerSaves: (ref: string, behaviour: SavedCard) => Promise<void>;
  /** What the provider has taken for a payment, each time. */
  readonly chargesOf: (paymentId: string) => readonly number[];
  /** How many checkouts the provider holds for a payment. */
  readonly checkoutsOf: (paymentId: string) => number;
  /** How much the provider has given back under that refund id, each time. */
  readonly refundsOf: (refundId: string) => readonly number[];
  /** Breaks every call of that operation in that way until `heal`. */
  readonly breakCalls: (operation: ProviderOperation, how: ProviderFault) => void;
  readonly heal: () => void;
  /** Every webhook that the provider has sent. */
  readonly heard: () => readonly WebhookRequest[];
  /** The same message, signed by somebody else. */
  readonly forged: (request: WebhookRequest) => WebhookRequest;
  /** The same message, signed an hour ago. */
  readonly stale: (request: WebhookRequest) => WebhookRequest;
  /** A message of a kind that nobody knows yet, signed. */
  readonly ofUnknownKind: () => WebhookRequest;
}

const faults: readonly ProviderFault[] = ['timeout_before', 'error_500', 'rate_limited', 'garbage'];
const long = 20_000;

/** A checkout of one invoice, on the platform's own account. */
export function checkoutOf(amount = 65_000): CheckoutIntent {
  return {
    paymentId: newId(),
    schoolId: newId(),
    account: null,
    capture: 'automatic',
    amount: Money.of(amount),
    payee: 'Nordhavn Køreskole',
    description: 'Faktura 1 · Nordhavn Køreskole',
    locale: 'da',
    successUrl: 'https://app.example/pay/done',
    cancelUrl: 'https://app.example/pay/cancelled',
    expiresAt: new Date(Date.now() + 3_600_000),
  };
}

/** What every PaymentGateway promises, whoever takes the money. */
export function paymentGatewayContract(name: string, setup: () => PaymentProviderUnderTest): void {
  async function opened(intent = checkoutOf()): Promise<CheckoutOpened> {
    const answer = await setup().gateway().createCheckout(intent);
    if (answer.outcome !== 'accepted') throw new Error(`not opened: ${answer.reason}`);
    return answer;
  }

  async function paid(amount = 65_000): Promise<RefundIntent> {
    const { gateway, customerPays } = setup();
    const { ref } = await opened(checkoutOf(amount));
    await customerPays(ref);
    const answer = await gateway().fetchPayment({ ref, account: null });
    if (answer.outcome !== 'accepted' || answer.status.state !== 'paid') throw new Error('not paid');
    return {
      refundId: newId(),
      schoolId: newId(),
      account: null,
      chargeRef: answer.status.chargeRef!,
      amount: Money.of(amount),
    };
  }

  describe(`${name} keeps the contract of PaymentGateway`, () => {
    it('opens one checkout for a payment, however often it is asked for', async () => {
      const intent = checkoutOf();
      const first = await opened(intent);
      expect(first.url).toMatch(/^https?:/);
      expect(await opened(intent)).toEqual(first);
      expect(setup().checkoutsOf(intent.paymentId)).toBe(1);
    });

    it('answers unknown, and never rejected, when a payment’s request changes: the first one may be paid', async () => {
      const intent = checkoutOf();
      await opened(intent);
      expect(
        await setup()
          .gateway()
          .createCheckout({ ...intent, amount: Money.of(100) }),
      ).toMatchObject({ outcome: 'unknown' });
    });

    it('rejects what the provider will never take', async () => {
      const { gateway, rejectedAmount = 1 } = setup();
      expect(await gateway().createCheckout(checkoutOf(rejectedAmount))).toMatchObject({ outcome: 'rejected' });
    });

    it('tells how a checkout stands, and what has arrived', async () => {
      const { gateway, customerPays } = setup();
      const { ref, url } = await opened();
      expect(await gateway().fetchPayment({ ref, account: null })).toEqual({
        outcome: 'accepted',
        status: { state: 'open', ref, url },
      });
      await customerPays(ref);
      const answer = await gateway().fetchPayment({ ref, account: null });
      expect(answer).toMatchObject({ outcome: 'accepted', status: { state: 'paid', ref, received: Money.of(65_000) } });
    });

    it('closes a checkout, unless it has been paid', async () => {
      const { gateway, customerPays } = setup();
      const open = await opened();
      expect(await gateway().cancel({ ref: open.ref, account: null })).toMatchObject({
        outcome: 'accepted',
        status: { state: 'expired' },
      });
      const late = await opened();
      await customerPays(late.ref);
      expect(await gateway().cancel({ ref: late.ref, account: null })).toMatchObject({
        outcome: 'accepted',
        status: { state: 'paid' },
      });
    });

    it('knows no checkout that it never opened', async () => {
      expect(await setup().gateway().fetchPayment({ ref: 'cs_test_nothing', account: null })).toMatchObject({
        outcome: 'rejected',
      });
    });

    it('gives money back once for a refund, however often it is asked for, and never more than was paid', async () => {
      const { gateway, refundsOf } = setup();
      const intent = { ...(await paid()), amount: Money.of(40_000) };
      expect(await gateway().refund(intent)).toMatchObject({ outcome: 'accepted' });
      expect(await gateway().refund(intent)).toMatchObject({ outcome: 'accepted' });
      expect(refundsOf(intent.refundId)).toEqual([40_000]);
      expect(await gateway().refund({ ...intent, refundId: newId() })).toMatchObject({ outcome: 'rejected' });
    });

    it(
      'finds a refund by our id when its answer was lost, and says when there is none',
      async () => {
        const { gateway, breakCalls, heal, refundsOf } = setup();
        const intent = await paid();
        expect(await gateway().fetchRefund(intent, null)).toMatchObject({ outcome: 'rejected' });
        breakCalls('refund', 'timeout_after_acting');
        expect(await gateway().refund(intent)).toMatchObject({ outcome: 'unknown' });
        heal();
        const found = await gateway().fetchRefund(intent, null);
        expect(found).toMatchObject({ outcome: 'accepted', status: { state: 'succeeded' } });
        expect(refundsOf(intent.refundId)).toEqual([65_000]);
      },
      long,
    );

    it(
      'opens no second checkout when the answer of the first was lost',
      async () => {
        const { gateway, breakCalls, heal, checkoutsOf } = setup();
        const intent = checkoutOf();
        breakCalls('create checkout', 'timeout_after_acting');
        expect(await gateway().createCheckout(intent)).toMatchObject({ outcome: 'unknown' });
        heal();
        expect(await gateway().createCheckout(intent)).toMatchObject({ outcome: 'accepted' });
        expect(checkoutsOf(intent.paymentId)).toBe(1);
      },
      long,
    );

    it('says what it cannot do, and throws for none of it', async () => {
      const gateway = setup().gateway();
      const reject = { outcome: 'rejected', reason: 'unsupported' };
      if (!gateway.supports.savedMethods) {
        expect(await gateway.chargeCustomer(chargeOf('cus_1', 'pm_1'))).toEqual(reject);
        expect(await gateway.saveMethod(methodOf())).toEqual(reject);
      }
      if (!gateway.supports.paymentIntents) expect(await gateway.createPaymentIntent(checkoutOf())).toEqual(reject);
      if (!gateway.supports.movements) {
        const query = { account: null, since: new Date(0), after: null };
        expect(await gateway.listMovements(query)).toEqual(reject);
      }
    });

    it(
      'reserves money and takes it later, in part, once',
      async () => {
        const { gateway, customerPays, chargesOf, breakCalls, heal } = setup();
        if (!gateway().supports.manualCapture) return;
        const intent = { ...checkoutOf(), capture: 'manual' as const };
        const { ref } = await opened(intent);
        await customerPays(ref);
        const at = { ref, account: null };
        expect(await gateway().fetchPayment(at)).toMatchObject({
          status: { state: 'authorized', reserved: Money.of(65_000) },
        });
        const capture = { ...at, paymentId: intent.paymentId, amount: Money.of(40_000) };
        breakCalls('capture', 'timeout_after_acting');
        expect(await gateway().capture(capture)).toMatchObject({ outcome: 'unknown' });
        heal();
        const taken = { outcome: 'accepted', status: { state: 'paid', ref, received: Money.of(40_000) } };
        expect(await gateway().capture(capture)).toMatchObject(taken);
        expect(await gateway().fetchPayment(at)).toMatchObject(taken);
        expect(chargesOf(intent.paymentId)).toEqual([40_000]);
      },
      long,
    );

    it('lets go of what it has reserved', async () => {
      const { gateway, customerPays, chargesOf } = setup();
      if (!gateway().supports.manualCapture) return;
      const intent = { ...checkoutOf(), capture: 'manual' as const };
      const { ref } = await opened(intent);
      await customerPays(ref);
      expect(await gateway().cancel({ ref, account: null })).toMatchObject({ status: { state: 'expired' } });
      expect(chargesOf(intent.paymentId).reduce((sum, taken) => sum + taken, 0)).toBe(0);
    });

    it('opens one intent for a payment that the school’s own app takes', async () => {
      const { gateway } = setup();
      if (!gateway().supports.paymentIntents) return;
      const intent = checkoutOf();
      const [first, second] = [
        await gateway().createPaymentIntent(intent),
        await gateway().createPaymentIntent(intent),
      ];
      expect(first).toMatchObject({ outcome: 'accepted', ref: expect.any(String), clientSecret: expect.any(String) });
      expect(second).toEqual(first);
    });

    it.each(faults)(
      'answers unknown while the provider fails by %s',
      async (how) => {
        const { gateway, breakCalls } = setup();
        breakCalls('create checkout', how);
        expect(await gateway().createCheckout(checkoutOf())).toMatchObject({ outcome: 'unknown' });
      },
      long,
    );
  });

  describe(`${name}, without the customer`, () => {
    async function saved(behaviour: SavedCard): Promise<CustomerCharge | null> {
      const { gateway, customerSaves } = setup();
      if (!gateway().supports.savedMethods) return null;
      const page = await gateway().saveMethod(methodOf());
      if (page.outcome !== 'accepted') throw new Error(page.reason);
      await customerSaves(page.ref, behaviour);
      const answer = await gateway().fetchSavedMethod({ ref: page.ref, account: null });
      if (answer.outcome !== 'accepted' || answer.status.state !== 'saved') throw new Error('not saved');
      expect(answer.status).toMatchObject({ last4: expect.stringMatching(/^\d{4}$/), brand: expect.any(String) });
      return chargeOf(answer.status.customerRef, answer.status.methodRef);
    }

    it('charges a saved method once, however often it is asked to', async () => {
      const charge = await saved('pays');
      if (!charge) return;
      const { gateway, chargesOf } = setup();
      const done = { outcome: 'accepted', status: { state: 'paid', received: charge.amount } };
      expect(await gateway().findCharge(charge)).toMatchObject({ outcome: 'rejected' });
      const answers = await Promise.all([gateway().chargeCustomer(charge), gateway().chargeCustomer(charge)]);
      expect(answers).toContainEqual(expect.objectContaining({ outcome: 'accepted' }));
      expect(await gateway().chargeCustomer(charge)).toMatchObject(done);
      expect(await gateway().findCharge(charge)).toMatchObject(done);
      expect(chargesOf(charge.paymentId)).toEqual([charge.amount.amount]);
    });

    it(
      'finds a charge whose answer was lost',
      async () => {
        const charge = await saved('pays');
        if (!charge) return;
        const { gateway, breakCalls, heal, chargesOf } = setup();
        breakCalls('charge customer', 'timeout_after_acting');
        expect(await gateway().chargeCustomer(charge)).toMatchObject({ outcome: 'unknown' });
        heal();
        expect(await gateway().findCharge(charge)).toMatchObject({ status: { state: 'paid' } });
        expect(chargesOf(charge.paymentId)).toEqual([charge.amount.amount]);
      },
      long,
    );

    it.each([
      ['wantsCustomer', 'needs_customer'],
      ['declines', expect.not.stringMatching('needs_customer')],
    ] as const)('says why a card that %s is not charged', async (behaviour, reason) => {
      const charge = await saved(behaviour);
      if (!charge) return;
      const { gateway, chargesOf } = setup();
      expect(await gateway().chargeCustomer(charge)).toMatchObject({
        outcome: 'accepted',
        status: { state: 'failed', reason },
      });
      expect(chargesOf(charge.paymentId)).toEqual([]);
    });

    it('lists what is saved, and charges nothing that was removed', async () => {
      const charge = await saved('pays');
      if (!charge) return;
      const { gateway, chargesOf } = setup();
      const { customerRef, methodRef } = charge;
      expect(await gateway().listMethods(customerRef, null)).toMatchObject({ status: [{ methodRef }] });
      const gone = { outcome: 'accepted', status: null };
      expect(await gateway().detachMethod({ methodRef, account: null })).toEqual(gone);
      expect(await gateway().detachMethod({ methodRef, account: null })).toEqual(gone);
      expect(await gateway().listMethods(customerRef, null)).toMatchObject({ status: [] });
      expect(await gateway().chargeCustomer(charge)).toMatchObject({ outcome: 'rejected' });
      expect(chargesOf(charge.paymentId)).toEqual([]);
    });
  });

  describe(`${name}’s webhooks`, () => {
    async function told(paymentId: string): Promise<WebhookRequest> {
      const request = setup()
        .heard()
        .findLast(({ body }) => body.includes(paymentId));
      if (!request) throw new Error('nothing was told');
      return request;
    }

    it('say that a payment is paid, under one key however often they come', async () => {
      const { gateway, customerPays } = setup();
      const intent = checkoutOf();
      const { ref } = await opened(intent);
      await customerPays(ref);
      const request = await told(intent.paymentId);
      const { key } = await gateway().acceptWebhook(request);
      expect(await gateway().acceptWebhook(request)).toMatchObject({ key });
      expect(await gateway().parseWebhook(request.body.toString())).toMatchObject({
        about: 'payment',
        schoolId: intent.schoolId,
        paymentId: intent.paymentId,
        account: null,
        status: { state: 'paid', received: intent.amount },
      });
    });

    it('are refused when somebody else signed them, or long ago', async () => {
      const { gateway, customerPays, forged, stale } = setup();
      const intent = checkoutOf();
      await customerPays((await opened(intent)).ref);
      const request = await told(intent.paymentId);
      const accept = async (one: WebhookRequest) => gateway().acceptWebhook(one);
      await expect(accept(forged(request))).rejects.toThrow(UntrustedWebhook);
      await expect(accept(stale(request))).rejects.toThrow(UntrustedWebhook);
      await expect(accept({ ...request, headers: {} })).rejects.toThrow(UntrustedWebhook);
      await expect(accept({ ...request, body: Buffer.from(`${request.body.toString()} `) })).rejects.toThrow(
        UntrustedWebhook,
      );
    });

    it.each([-5, 5])('are believed with our clock wrong by %i minutes, and a minute on their way', async (wrongBy) => {
      const { gateway, customerPays } = setup();
      const intent = checkoutOf();
      await customerPays((await opened(intent)).ref);
      const request = await told(intent.paymentId);
      const now = Date.now() + (wrongBy + 1) * 60_000;
      const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
      try {
        expect(await gateway().acceptWebhook(request)).toMatchObject({ key: expect.any(String) });
      } finally {
        clock.mockRestore();
      }
    });

    it('of a kind that nobody knows are kept, and say nothing', async () => {
      const { gateway, ofUnknownKind } = setup();
      const request = ofUnknownKind();
      expect(await gateway().acceptWebhook(request)).toMatchObject({ kind: expect.any(String) });
      expect(await gateway().parseWebhook(request.body.toString())).toMatchObject({ about: 'nothing' });
    });
  });
}

function chargeOf(customerRef: string, methodRef: string): CustomerCharge {
  return { ...checkoutOf(), customerRef, methodRef };
}

function methodOf() {
  return {
    methodId: newId(),
    schoolId: newId(),
    studentId: newId(),
    account: null,
    customerRef: null,
    payee: 'Nordhavn Køreskole',
    locale: 'da' as const,
    successUrl: 'https://app.example/methods/done',
    cancelUrl: 'https://app.example/methods/cancelled',
  };
}
