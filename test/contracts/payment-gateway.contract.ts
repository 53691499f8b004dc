import { describe, expect, it } from '@jest/globals';
import type { CheckoutIntent, CheckoutOpened, PaymentGateway, RefundIntent } from '../../src/modules/finance/index.js';
import { newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';

export type ProviderFault = 'timeout_after_acting' | 'timeout_before' | 'error_500' | 'rate_limited' | 'garbage';
export type ProviderOperation = 'create checkout' | 'fetch checkout' | 'refund';

/** What a contract needs to know of an adapter and of the provider it is pointed at. */
export interface PaymentProviderUnderTest {
  readonly gateway: () => PaymentGateway;
  /** The customer pays that checkout. */
  readonly customerPays: (ref: string) => Promise<void>;
  /** How many checkouts the provider holds for a payment. */
  readonly checkoutsOf: (paymentId: string) => number;
  /** How much the provider has given back under that refund id, each time. */
  readonly refundsOf: (refundId: string) => readonly number[];
  /** Breaks every call of that operation in that way until `heal`. */
  readonly breakCalls: (operation: ProviderOperation, how: ProviderFault) => void;
  readonly heal: () => void;
}

const faults: readonly ProviderFault[] = ['timeout_before', 'error_500', 'rate_limited', 'garbage'];
const long = 20_000;

function intentOf(amount = 65_000): CheckoutIntent {
  return {
    paymentId: newId(),
    schoolId: newId(),
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
  async function opened(intent = intentOf()): Promise<CheckoutOpened> {
    const answer = await setup().gateway().createCheckout(intent);
    if (answer.outcome !== 'accepted') throw new Error(`not opened: ${answer.reason}`);
    return answer;
  }

  async function paid(amount = 65_000): Promise<RefundIntent> {
    const { gateway, customerPays } = setup();
    const { ref } = await opened(intentOf(amount));
    await customerPays(ref);
    const answer = await gateway().fetchCheckout(ref);
    if (answer.outcome !== 'accepted' || answer.status.state !== 'paid') throw new Error('not paid');
    return { refundId: newId(), schoolId: newId(), chargeRef: answer.status.chargeRef!, amount: Money.of(amount) };
  }

  describe(`${name} keeps the contract of PaymentGateway`, () => {
    it('opens one checkout for a payment, however often it is asked for', async () => {
      const intent = intentOf();
      const first = await opened(intent);
      expect(first.url).toMatch(/^https?:/);
      expect(await opened(intent)).toEqual(first);
      expect(setup().checkoutsOf(intent.paymentId)).toBe(1);
    });

    it('answers unknown, and never rejected, when a payment’s request changes: the first one may be paid', async () => {
      const intent = intentOf();
      await opened(intent);
      expect(
        await setup()
          .gateway()
          .createCheckout({ ...intent, amount: Money.of(100) }),
      ).toMatchObject({ outcome: 'unknown' });
    });

    it('rejects what the provider will never take', async () => {
      expect(await setup().gateway().createCheckout(intentOf(1))).toMatchObject({ outcome: 'rejected' });
    });

    it('tells how a checkout stands, and what has arrived', async () => {
      const { gateway, customerPays } = setup();
      const { ref, url } = await opened();
      expect(await gateway().fetchCheckout(ref)).toEqual({ outcome: 'accepted', status: { state: 'open', ref, url } });
      await customerPays(ref);
      const answer = await gateway().fetchCheckout(ref);
      expect(answer).toMatchObject({ outcome: 'accepted', status: { state: 'paid', ref, received: Money.of(65_000) } });
    });

    it('closes a checkout, unless it has been paid', async () => {
      const { gateway, customerPays } = setup();
      const open = await opened();
      expect(await gateway().expireCheckout(open.ref)).toMatchObject({
        outcome: 'accepted',
        status: { state: 'expired' },
      });
      const late = await opened();
      await customerPays(late.ref);
      expect(await gateway().expireCheckout(late.ref)).toMatchObject({
        outcome: 'accepted',
        status: { state: 'paid' },
      });
    });

    it('knows no checkout that it never opened', async () => {
      expect(await setup().gateway().fetchCheckout('cs_test_nothing')).toMatchObject({ outcome: 'rejected' });
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
        const intent = intentOf();
        breakCalls('create checkout', 'timeout_after_acting');
        expect(await gateway().createCheckout(intent)).toMatchObject({ outcome: 'unknown' });
        heal();
        expect(await gateway().createCheckout(intent)).toMatchObject({ outcome: 'accepted' });
        expect(checkoutsOf(intent.paymentId)).toBe(1);
      },
      long,
    );

    it.each(faults)(
      'answers unknown while the provider fails by %s',
      async (how) => {
        const { gateway, breakCalls } = setup();
        breakCalls('create checkout', how);
        expect(await gateway().createCheckout(intentOf())).toMatchObject({ outcome: 'unknown' });
      },
      long,
    );
  });
}
