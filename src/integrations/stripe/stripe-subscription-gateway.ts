import { Injectable } from '@nestjs/common';
import type Stripe from 'stripe';
import {
  type Bill,
  type BillPage,
  type BillQuery,
  type PortalOpened,
  type PortalVisit,
  type SubscriptionCancellation,
  type SubscriptionChange,
  type SubscriptionCheckoutOpened,
  type SubscriptionCheckoutStatus,
  SubscriptionGateway,
  type SubscriptionIntent,
  type SubscriptionStatus,
} from '../../modules/billing/index.js';
import type { Answer } from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import { newId } from '../../platform/values/id.js';
import { afterFailure, known } from './stripe-answers.js';
import { billOf, subscriptionStatus } from './stripe-subscription-answers.js';
import { StripeClient } from './stripe-client.js';
import { StripePlans } from './stripe-plans.js';
import { customerOf, subscriptionPageOf } from './stripe-subscription-requests.js';

const perPage = 100;

/** The platform's monthly fee by Stripe's subscriptions, on the platform's own account. */
@Injectable()
export class StripeSubscriptionGateway extends SubscriptionGateway {
  readonly provider = 'stripe';
  private readonly plans: StripePlans;

  constructor(private readonly stripe: StripeClient) {
    super();
    this.plans = new StripePlans(stripe);
  }

  async openCheckout(intent: SubscriptionIntent): Promise<SubscriptionCheckoutOpened | Rejected | Unknown> {
    try {
      const customer = intent.customerRef ?? (await this.newCustomer(intent));
      const page = subscriptionPageOf(intent, customer, await this.plans.priceOf(intent.plan));
      const { id, url } = await this.open(page, `subscription-${intent.subscriptionId}`);
      return url
        ? { outcome: 'accepted', ref: id, url }
        : { outcome: 'unknown', reason: 'checkout without an address' };
    } catch (error) {
      return afterFailure(error);
    }
  }

  async fetchCheckout(ref: string): Promise<Answer<SubscriptionCheckoutStatus>> {
    return known(checkoutStatus, () => this.checkout(ref));
  }

  fetch(ref: string): Promise<Answer<SubscriptionStatus>> {
    return known(subscriptionStatus, () => this.retrieve(ref));
  }

  async change({ ref, changeId, plan, seats }: SubscriptionChange): Promise<Answer<SubscriptionStatus>> {
    try {
      const price = await this.plans.priceOf(plan);
      const item = (await this.retrieve(ref)).items.data[0];
      if (!item) return { outcome: 'rejected', reason: 'subscription without an item' };
      return await this.update(ref, `change-${changeId}`, {
        items: [{ id: item.id, price, quantity: seats }],
        // What the change costs or gives back stands on the next bill, and no card can refuse it today.
        proration_behavior: 'create_prorations',
        payment_behavior: 'allow_incomplete',
      });
    } catch (error) {
      return afterFailure(error);
    }
  }

  async cancel(
    cancellation: SubscriptionCancellation & { readonly atPeriodEnd: boolean },
  ): Promise<Answer<SubscriptionStatus>> {
    const { ref, changeId, atPeriodEnd } = cancellation;
    if (atPeriodEnd) return this.update(ref, `cancel-${changeId}`, { cancel_at_period_end: true });
    const ended = await known(subscriptionStatus, () =>
      // The month is paid for and not given back; what was changed since the last bill is billed.
      this.stripe.call('cancel subscription', (sdk) =>
        sdk.subscriptions.cancel(ref, { invoice_now: true, prorate: false }),
      ),
    );
    if (ended.outcome !== 'rejected') return ended;
    // Stripe refuses to cancel what has ended already.
    const now = await this.fetch(ref);
    return now.outcome === 'accepted' && now.status.state !== 'canceled' ? ended : now;
  }

  resume({ ref, changeId }: SubscriptionCancellation): Promise<Answer<SubscriptionStatus>> {
    return this.update(ref, `resume-${changeId}`, { cancel_at_period_end: false });
  }

  async openPortal(visit: PortalVisit): Promise<PortalOpened | Rejected | Unknown> {
    const params = { customer: visit.customerRef, return_url: visit.returnUrl, locale: visit.locale };
    // Each visit has an address of its own.
    const options = { idempotencyKey: `portal-${newId()}` };
    try {
      const { url } = await this.stripe.call('open portal', (sdk) =>
        sdk.billingPortal.sessions.create(params, options),
      );
      return { outcome: 'accepted', url };
    } catch (error) {
      return afterFailure(error);
    }
  }

  async fetchBill(ref: string): Promise<Answer<Bill>> {
    try {
      const invoice = await this.stripe.call('fetch bill', (sdk) =>
        sdk.invoices.retrieve(ref, { expand: ['payments'] }),
      );
      const bill = billOf(invoice, await this.linesOf(invoice));
      if (bill) return { outcome: 'accepted', status: bill };
      // A draft is issued within the hour.
      return invoice.status === 'draft'
        ? { outcome: 'unknown', reason: 'draft' }
        : { outcome: 'rejected', reason: 'no_subscription' };
    } catch (error) {
      return afterFailure(error);
    }
  }

  async listBills({ since, after }: BillQuery): Promise<Answer<BillPage>> {
    try {
      for (let last = after; ;) {
        const page = await this.invoices(since, last);
        const bills = await this.billsOf(page.data);
        // A piece with nothing for us in it gives the caller no place to go on from.
        if (bills.length > 0 || !page.has_more)
          return { outcome: 'accepted', status: { bills, hasMore: page.has_more } };
        last = page.data.at(-1)!.id;
      }
    } catch (error) {
      return afterFailure(error);
    }
  }

  private async newCustomer(intent: SubscriptionIntent): Promise<string> {
    const options = { idempotencyKey: `customer-${intent.subscriptionId}` };
    const { id } = await this.stripe.call('create customer', (sdk) =>
      sdk.customers.create(customerOf(intent), options),
    );
    return id;
  }

  /** Under the same key Stripe answers as it did the first time; a page that has run out since is followed by one named after it. */
  private async open(page: Stripe.Checkout.SessionCreateParams, key: string): Promise<Stripe.Checkout.Session> {
    const session = await this.stripe.call('open subscription checkout', (sdk) =>
      sdk.checkout.sessions.create(page, { idempotencyKey: key }),
    );
    if (session.lastResponse.headers['idempotent-replayed'] !== 'true') return session;
    const { status } = await this.checkout(session.id);
    return status === 'expired' ? this.open(page, `subscription-after-${session.id}`) : session;
  }

  private checkout(ref: string) {
    return this.stripe.call('fetch subscription checkout', (sdk) =>
      sdk.checkout.sessions.retrieve(ref, { expand: ['subscription'] }),
    );
  }

  private retrieve(ref: string) {
    return this.stripe.call('fetch subscription', (sdk) => sdk.subscriptions.retrieve(ref));
  }

  private update(
    ref: string,
    idempotencyKey: string,
    params: Stripe.SubscriptionUpdateParams,
  ): Promise<Answer<SubscriptionStatus>> {
    return known(subscriptionStatus, () =>
      this.stripe.call('change subscription', (sdk) => sdk.subscriptions.update(ref, params, { idempotencyKey })),
    );
  }

  private invoices(since: Date, after: string | null) {
    const created = { gte: Math.floor(since.getTime() / 1_000) };
    const params = { created, limit: perPage, expand: ['data.payments'], ...(after ? { starting_after: after } : {}) };
    return this.stripe.call('list bills', (sdk) => sdk.invoices.list(params));
  }

  private async billsOf(invoices: readonly Stripe.Invoice[]): Promise<Bill[]> {
    const bills: Bill[] = [];
    for (const invoice of invoices) {
      const bill = billOf(invoice, await this.linesOf(invoice));
      if (bill) bills.push(bill);
    }
    return bills;
  }

  /** An invoice shows its first lines only; a month with many changes has more. */
  private async linesOf({ id, lines }: Stripe.Invoice): Promise<Stripe.InvoiceLineItem[]> {
    const all = [...lines.data];
    for (let more = lines.has_more; more;) {
      const params = { limit: perPage, starting_after: all.at(-1)!.id };
      const page = await this.stripe.call('fetch bill lines', (sdk) => sdk.invoices.listLineItems(id, params));
      all.push(...page.data);
      more = page.has_more;
    }
    return all;
  }
}

/** A page in our words; its subscription has been expanded. */
function checkoutStatus({ status, subscription }: Stripe.Checkout.Session): SubscriptionCheckoutStatus {
  if (status === 'complete' && subscription !== null && typeof subscription === 'object') {
    return { state: 'complete', subscription: subscriptionStatus(subscription) };
  }
  return { state: status === 'expired' ? 'expired' : 'open' };
}
