import { describe, expect, it } from '@jest/globals';
import type {
  Bill,
  BillPage,
  SubscriptionGateway,
  SubscriptionIntent,
  SubscriptionPlanAt,
  SubscriptionStatus,
} from '../../src/modules/billing/index.js';
import type { Answer } from '../../src/modules/finance/index.js';
import { type Id, newId } from '../../src/platform/values/id.js';
import { Money } from '../../src/platform/values/money.js';

export type SubscriptionFault = 'timeout_after_acting' | 'timeout_before' | 'error_500' | 'rate_limited' | 'garbage';
export type SubscriptionOperation = 'open checkout' | 'fetch' | 'change' | 'cancel at once' | 'portal' | 'list bills';

/** How a school's card behaves: at once, and when the next month is due. */
export type SchoolCard = 'pays' | 'asksOnce' | 'asks' | 'declines' | 'declinesLater';

/** What a contract needs to know of an adapter and of the provider it is pointed at. */
export interface SubscriptionProviderUnderTest {
  readonly gateway: () => SubscriptionGateway;
  /** The school leaves that card on the page; whether it was taken. */
  readonly subscribes: (checkoutRef: string, card: SchoolCard) => Promise<boolean>;
  /** Time passes for that subscription. */
  readonly daysPass: (ref: string, days: number) => Promise<void>;
  readonly monthPasses: (ref: string) => Promise<void>;
  /** The school changes its card on the provider's page. */
  readonly changesCard: (customerRef: string, card: SchoolCard) => Promise<void>;
  /** The school pays an open bill on the provider's page. */
  readonly pays: (billRef: string) => Promise<void>;
  /** Somebody gives the bill up at the provider. */
  readonly givesUp: (billRef: string, state: 'void' | 'uncollectible') => Promise<void>;
  /** How many pages the provider holds for a subscription of ours. */
  readonly checkoutsOf: (subscriptionId: Id) => number;
  /** The page runs out. */
  readonly checkoutRunsOut: (ref: string) => Promise<void>;
  /** What the provider has taken from a customer, each time. */
  readonly takenFrom: (customerRef: string) => readonly number[];
  readonly breakCalls: (operation: SubscriptionOperation, how: SubscriptionFault) => void;
  readonly heal: () => void;
}

const faults: readonly SubscriptionFault[] = ['timeout_before', 'error_500', 'rate_limited', 'garbage'];
const long = 20_000;
const day = 86_400_000;

export const planPro: SubscriptionPlanAt = { code: 'pro', name: 'Just Driving Pro', unitPrice: Money.of(12_500) };

/** Three seats of the plan for 125 kr. each, owed at once. */
export function subscriptionOf(special: Partial<SubscriptionIntent> = {}): SubscriptionIntent {
  return {
    subscriptionId: newId(),
    schoolId: newId(),
    customerRef: null,
    customer: { name: 'Nordhavn Køreskole', email: 'kontor@nordhavn.example' },
    plan: planPro,
    seats: 3,
    trialEndsAt: null,
    locale: 'da',
    successUrl: 'https://app.example/billing/done',
    cancelUrl: 'https://app.example/billing/cancelled',
    ...special,
  };
}

export function accepted<Status>(answer: Answer<Status>): Status {
  if (answer.outcome !== 'accepted') throw new Error(`${answer.outcome}: ${answer.reason}`);
  return answer.status;
}

/** A subscription that has begun, paid with that card. */
export async function subscribed(
  setup: SubscriptionProviderUnderTest,
  special: Partial<SubscriptionIntent> = {},
  card: SchoolCard = 'pays',
): Promise<SubscriptionStatus> {
  const opened = await setup.gateway().openCheckout(subscriptionOf(special));
  if (opened.outcome !== 'accepted') throw new Error(opened.reason);
  if (!(await setup.subscribes(opened.ref, card))) throw new Error('the card was not taken');
  const checkout = accepted(await setup.gateway().fetchCheckout(opened.ref));
  if (checkout.state !== 'complete') throw new Error(`the page is ${checkout.state}`);
  return checkout.subscription;
}

/** What every SubscriptionGateway promises, whoever takes the fee. */
export function subscriptionGatewayContract(name: string, setup: () => SubscriptionProviderUnderTest): void {
  const gateway = () => setup().gateway();
  const fetched = async (ref: string) => accepted(await gateway().fetch(ref));

  async function billsOf(ref: string): Promise<Bill[]> {
    const all: Bill[] = [];
    for (let after: string | null = null; ;) {
      const { bills, hasMore }: BillPage = accepted(await gateway().listBills({ since: new Date(0), after }));
      all.push(...bills);
      if (!hasMore) break;
      after = bills.at(-1)!.ref;
    }
    return all.filter(({ subscriptionRef }) => subscriptionRef === ref);
  }

  const sumOf = ({ lines }: Bill) => Money.sum(lines.map(({ amount }) => amount));

  describe(`${name} keeps the contract of SubscriptionGateway: beginning`, () => {
    it('opens one page for a subscription, however often it is asked for, and another when that has run out', async () => {
      const intent = subscriptionOf();
      const first = await gateway().openCheckout(intent);
      expect(first).toMatchObject({ outcome: 'accepted', url: expect.stringMatching(/^https?:/) });
      expect(await gateway().openCheckout(intent)).toEqual(first);
      expect(await gateway().openCheckout({ ...intent, seats: 9 })).toMatchObject({ outcome: 'unknown' });
      expect(setup().checkoutsOf(intent.subscriptionId)).toBe(1);
      if (first.outcome !== 'accepted') throw new Error(first.reason);
      expect(await gateway().fetchCheckout(first.ref)).toMatchObject({ status: { state: 'open' } });
      await setup().checkoutRunsOut(first.ref);
      const second = await gateway().openCheckout(intent);
      expect(second).toMatchObject({ outcome: 'accepted' });
      expect(second).not.toEqual(first);
      expect(await gateway().openCheckout(intent)).toEqual(second);
    });

    it('says that a subscription is paid, for whom, until when, and by which money', async () => {
      const intent = subscriptionOf();
      const opened = await gateway().openCheckout(intent);
      if (opened.outcome !== 'accepted') throw new Error(opened.reason);
      expect(await setup().subscribes(opened.ref, 'declines')).toBe(false);
      expect(await gateway().fetchCheckout(opened.ref)).toMatchObject({ status: { state: 'open' } });
      expect(await setup().subscribes(opened.ref, 'pays')).toBe(true);
      const checkout = accepted(await gateway().fetchCheckout(opened.ref));
      if (checkout.state !== 'complete') throw new Error(checkout.state);
      const { subscription } = checkout;
      expect(subscription).toMatchObject({
        subscriptionId: intent.subscriptionId,
        state: 'active',
        planCode: 'pro',
        seats: 3,
        trialEndsAt: null,
        cancelsAt: null,
      });
      const month = subscription.currentPeriodEnd!.getTime() - Date.now();
      expect(month).toBeGreaterThan(27 * day);
      expect(month).toBeLessThan(32 * day);
      expect(await fetched(subscription.ref)).toEqual(subscription);
      const bills = await billsOf(subscription.ref);
      expect(bills).toMatchObject([
        { state: 'paid', total: Money.of(37_500), received: Money.of(37_500), attempts: 1, url: null },
      ]);
      const [bill] = bills;
      expect(accepted(await gateway().fetchBill(bill!.ref))).toEqual(bill);
      expect(bill!.lines).toMatchObject([{ amount: Money.of(37_500), until: subscription.currentPeriodEnd }]);
      expect(bill!.number).toEqual(expect.any(String));
      expect(bill!.paidAt).toEqual(expect.any(Date));
      expect(bill!.paymentRef).toEqual(expect.any(String));
      expect(bill!.chargeRef).toEqual(expect.any(String));
      expect(setup().takenFrom(subscription.customerRef)).toEqual([37_500]);
    });

    it.each([
      ['in three weeks', 21 * day, 21 * day],
      ['tomorrow', 0.6 * day, day],
      ['the day after', 1.9 * day, 2 * day],
    ])('takes nothing in a trial that ends %s, and the first month after it', async (_when, left, granted) => {
      const trialEndsAt = new Date(Date.now() + left);
      const { ref, customerRef, ...status } = await subscribed(setup(), { trialEndsAt }, 'asksOnce');
      expect(status).toMatchObject({ state: 'trialing', currentPeriodEnd: status.trialEndsAt });
      expect(Math.abs(status.trialEndsAt!.getTime() - (Date.now() + granted))).toBeLessThan(60_000);
      expect(await billsOf(ref)).toMatchObject([{ state: 'paid', total: Money.of(0), paymentRef: null }]);
      expect(setup().takenFrom(customerRef)).toEqual([]);
      await setup().monthPasses(ref);
      expect(await fetched(ref)).toMatchObject({ state: 'active' });
      expect((await billsOf(ref))[0]).toMatchObject({ state: 'paid', total: Money.of(37_500) });
      expect(setup().takenFrom(customerRef)).toEqual([37_500]);
    });

    it('owes at once when the trial is over, and keeps the customer that it is told', async () => {
      const first = await subscribed(setup());
      const trialEndsAt = new Date(Date.now() - day);
      const second = await subscribed(setup(), { trialEndsAt, customerRef: first.customerRef });
      expect(second).toMatchObject({ state: 'active', trialEndsAt: null, customerRef: first.customerRef });
      expect(setup().takenFrom(first.customerRef)).toEqual([37_500, 37_500]);
    });

    it('knows nothing that it never opened', async () => {
      const change = { ref: 'sub_nothing', changeId: newId() };
      const nothing = { outcome: 'rejected' };
      expect(await gateway().fetch('sub_nothing')).toMatchObject(nothing);
      expect(await gateway().fetchCheckout('cs_test_nothing')).toMatchObject(nothing);
      expect(await gateway().fetchBill('in_nothing')).toMatchObject(nothing);
      expect(await gateway().change({ ...change, plan: planPro, seats: 1 })).toMatchObject(nothing);
      expect(await gateway().cancel({ ...change, atPeriodEnd: true })).toMatchObject(nothing);
      expect(await gateway().cancel({ ...change, atPeriodEnd: false })).toMatchObject(nothing);
      const visit = { customerRef: 'cus_nobody', returnUrl: 'https://app.example/', locale: 'da' as const };
      expect(await gateway().openPortal(visit)).toMatchObject(nothing);
      expect(await gateway().openCheckout(subscriptionOf({ customerRef: 'cus_nobody' }))).toMatchObject(nothing);
    });
  });

  describe(`${name} keeps the contract of SubscriptionGateway: changing`, () => {
    it('counts what more and fewer seats cost and give back, once, on the next bill', async () => {
      const { ref, customerRef } = await subscribed(setup());
      await setup().daysPass(ref, 10);
      const more = { ref, changeId: newId(), plan: planPro, seats: 5 };
      expect(await gateway().change(more)).toMatchObject({ status: { seats: 5, planCode: 'pro', state: 'active' } });
      expect(await gateway().change(more)).toMatchObject({ status: { seats: 5 } });
      await setup().daysPass(ref, 5);
      await gateway().change({ ...more, changeId: newId(), seats: 4 });
      await setup().monthPasses(ref);
      const [bill] = await billsOf(ref);
      expect(bill!.lines).toHaveLength(5);
      expect(bill!.total).toEqual(sumOf(bill!));
      expect(bill!.lines.at(-1)).toMatchObject({ amount: Money.of(50_000) });
      const prorated = bill!.lines.slice(0, 4).map(({ amount }) => amount.amount);
      expect(prorated.map(Math.sign)).toEqual([-1, 1, -1, 1]);
      // Two seats more for the last two thirds of the month, and one of them given back for the last half.
      const share = prorated.reduce((sum, one) => sum + one, 0) / 12_500;
      expect(share).toBeGreaterThan(0.75);
      expect(share).toBeLessThan(0.9);
      expect(setup().takenFrom(customerRef)).toEqual([37_500, bill!.total.amount]);
    });

    it('moves to another plan and to another price of the same plan, and leaves who is not moved', async () => {
      const stays = await subscribed(setup());
      const moves = await subscribed(setup());
      const dearer = { ...planPro, name: 'Just Driving Professional', unitPrice: Money.of(15_000) };
      const max = { code: 'max', name: 'Just Driving Max', unitPrice: Money.of(25_000) };
      const change = { ref: moves.ref, seats: 3 };
      expect(await gateway().change({ ...change, changeId: newId(), plan: max })).toMatchObject({
        status: { planCode: 'max' },
      });
      expect(await gateway().change({ ...change, changeId: newId(), plan: dearer })).toMatchObject({
        status: { planCode: 'pro' },
      });
      await setup().monthPasses(moves.ref);
      await setup().monthPasses(stays.ref);
      expect((await billsOf(moves.ref))[0]!.lines.at(-1)).toMatchObject({ amount: Money.of(45_000) });
      expect((await billsOf(stays.ref))[0]).toMatchObject({ total: Money.of(37_500) });
    });

    it('carries what a bill gives back to the next ones', async () => {
      const { ref, customerRef } = await subscribed(setup(), { seats: 40 });
      await gateway().change({ ref, changeId: newId(), plan: planPro, seats: 1 });
      await setup().monthPasses(ref);
      const [credit] = await billsOf(ref);
      expect(credit).toMatchObject({ state: 'paid', received: Money.of(0), paymentRef: null, chargeRef: null });
      expect(credit!.total).toEqual(sumOf(credit!));
      expect(credit!.total.amount).toBeLessThan(-450_000);
      await setup().monthPasses(ref);
      expect((await billsOf(ref))[0]).toMatchObject({ state: 'paid', total: Money.of(12_500), received: Money.of(0) });
      expect(setup().takenFrom(customerRef)).toEqual([500_000]);
    });

    it('shows all lines of a bill, however many changes it has', async () => {
      const { ref } = await subscribed(setup());
      for (let seats = 4; seats < 11; seats += 1) {
        await gateway().change({ ref, changeId: newId(), plan: planPro, seats });
      }
      await setup().monthPasses(ref);
      const [bill] = await billsOf(ref);
      expect(bill!.lines).toHaveLength(15);
      expect(sumOf(bill!)).toEqual(bill!.total);
      expect(accepted(await gateway().fetchBill(bill!.ref))).toEqual(bill);
    });

    it('ends at the end of what is paid, unless that is taken back', async () => {
      const { ref, currentPeriodEnd } = await subscribed(setup());
      const cancellation = { ref, changeId: newId(), atPeriodEnd: true };
      expect(await gateway().cancel(cancellation)).toMatchObject({
        status: { state: 'active', cancelsAt: currentPeriodEnd },
      });
      expect(await gateway().resume({ ref, changeId: newId() })).toMatchObject({ status: { cancelsAt: null } });
      await setup().monthPasses(ref);
      expect(await fetched(ref)).toMatchObject({ state: 'active' });
      await gateway().cancel({ ...cancellation, changeId: newId() });
      await setup().monthPasses(ref);
      expect(await fetched(ref)).toMatchObject({ state: 'canceled' });
      expect(await billsOf(ref)).toHaveLength(2);
      expect(await gateway().resume({ ref, changeId: newId() })).toMatchObject({ outcome: 'rejected' });
      expect(await gateway().change({ ref, changeId: newId(), plan: planPro, seats: 2 })).toMatchObject({
        outcome: 'rejected',
      });
    });

    it(
      'ends at once, billing what has been changed since the last bill, however often it is asked to',
      async () => {
        const { ref } = await subscribed(setup());
        await setup().daysPass(ref, 10);
        await gateway().change({ ref, changeId: newId(), plan: planPro, seats: 5 });
        const now = { ref, changeId: newId(), atPeriodEnd: false };
        setup().breakCalls('cancel at once', 'timeout_after_acting');
        const first = await gateway().cancel(now);
        expect(['unknown', 'accepted']).toContain(first.outcome);
        setup().heal();
        expect(await gateway().cancel(now)).toMatchObject({ status: { state: 'canceled' } });
        const bills = await billsOf(ref);
        expect(bills).toHaveLength(2);
        expect(bills[0]!.lines).toHaveLength(2);
      },
      long,
    );

    it('opens a page where the school looks after its card', async () => {
      const { customerRef } = await subscribed(setup());
      const visit = { customerRef, returnUrl: 'https://app.example/', locale: 'da' as const };
      const [first, second] = [await gateway().openPortal(visit), await gateway().openPortal(visit)];
      expect(first).toMatchObject({ outcome: 'accepted', url: expect.stringMatching(/^https?:/) });
      expect(second).not.toEqual(first);
    });
  });

  describe(`${name} keeps the contract of SubscriptionGateway: when nobody pays`, () => {
    it('tries again, gives up, and is as before once the bill has been paid', async () => {
      const { ref, customerRef } = await subscribed(setup());
      await setup().changesCard(customerRef, 'declinesLater');
      await setup().monthPasses(ref);
      expect(await fetched(ref)).toMatchObject({ state: 'past_due' });
      const [bill] = await billsOf(ref);
      expect(bill).toMatchObject({ state: 'open', received: Money.of(0), paymentRef: null, paidAt: null, attempts: 1 });
      expect(bill!.url).toMatch(/^https?:/);
      await setup().daysPass(ref, 20);
      expect(await fetched(ref)).toMatchObject({ state: 'unpaid' });
      expect(accepted(await gateway().fetchBill(bill!.ref)).attempts).toBeGreaterThan(2);
      await setup().changesCard(customerRef, 'pays');
      await setup().pays(bill!.ref);
      expect(await fetched(ref)).toMatchObject({ state: 'active' });
      expect(accepted(await gateway().fetchBill(bill!.ref))).toMatchObject({
        state: 'paid',
        received: Money.of(37_500),
        paymentRef: expect.any(String),
        url: null,
      });
      expect(setup().takenFrom(customerRef)).toEqual([37_500, 37_500]);
    });

    it('takes the money at the next attempt when the card has been changed', async () => {
      const { ref, customerRef } = await subscribed(setup());
      await setup().changesCard(customerRef, 'asks');
      await setup().monthPasses(ref);
      expect(await fetched(ref)).toMatchObject({ state: 'past_due' });
      await setup().changesCard(customerRef, 'pays');
      await setup().daysPass(ref, 4);
      expect(await fetched(ref)).toMatchObject({ state: 'active' });
      expect((await billsOf(ref))[0]).toMatchObject({ state: 'paid', attempts: 2 });
    });

    it.each(['void', 'uncollectible'] as const)('says that a bill is %s', async (state) => {
      const { ref, customerRef } = await subscribed(setup());
      await setup().changesCard(customerRef, 'declinesLater');
      await setup().monthPasses(ref);
      const [bill] = await billsOf(ref);
      await setup().givesUp(bill!.ref, state);
      expect(accepted(await gateway().fetchBill(bill!.ref))).toMatchObject({ state, received: Money.of(0), url: null });
    });
  });

  describe(`${name} keeps the contract of SubscriptionGateway: when answers are lost`, () => {
    it(
      'opens no second page when the answer of the first was lost',
      async () => {
        const intent = subscriptionOf();
        setup().breakCalls('open checkout', 'timeout_after_acting');
        expect(await gateway().openCheckout(intent)).toMatchObject({ outcome: 'unknown' });
        setup().heal();
        expect(await gateway().openCheckout(intent)).toMatchObject({ outcome: 'accepted' });
        expect(setup().checkoutsOf(intent.subscriptionId)).toBe(1);
      },
      long,
    );

    it(
      'counts a change once whose answer was lost',
      async () => {
        const { ref } = await subscribed(setup());
        await setup().daysPass(ref, 10);
        const change = { ref, changeId: newId(), plan: planPro, seats: 5 };
        setup().breakCalls('change', 'timeout_after_acting');
        expect(await gateway().change(change)).toMatchObject({ outcome: 'unknown' });
        setup().heal();
        expect(await gateway().change(change)).toMatchObject({ status: { seats: 5 } });
        await setup().monthPasses(ref);
        expect((await billsOf(ref))[0]!.lines).toHaveLength(3);
      },
      long,
    );

    it.each(faults)(
      'answers unknown, and never rejected, while the provider fails by %s',
      async (how) => {
        const { ref, customerRef } = await subscribed(setup());
        const unknown = { outcome: 'unknown' };
        for (const operation of ['fetch', 'portal', 'list bills'] as const) setup().breakCalls(operation, how);
        const visit = { customerRef, returnUrl: 'https://app.example/', locale: 'en' as const };
        const answers = await Promise.all([
          gateway().fetch(ref),
          gateway().openPortal(visit),
          gateway().listBills({ since: new Date(0), after: null }),
        ]);
        expect(answers).toMatchObject([unknown, unknown, unknown]);
      },
      long,
    );
  });
}
