import { idOf } from '../id-of.js';
import { saveMethod } from '../payment-methods.js';
import type { StripeAccount } from '../stripe-account.js';
import { cardByNumber, INCORRECT_NUMBER, type Decline } from '../test-cards.js';
import type { InvoiceRecord, SubscriptionRecord } from './billing-records.js';
import { catchUp, payByHand } from './collection.js';
import { giveUp, subscriptionIdOf } from './invoices.js';
import { advanceTo } from './subscription-clock.js';

const DAY_S = 86_400;

/** What time and customers do to subscriptions; the webhooks have been tried when each of these resolves. */
export class StripeBilling {
  constructor(
    private readonly account: StripeAccount,
    private readonly tell: () => Promise<void>,
  ) {}

  /** Moves the time of one subscription forward by that many days. */
  async advance(subscription: string, days: number): Promise<SubscriptionRecord> {
    const record = this.account.subscription(subscription);
    advanceTo(this.account, record, record.clock + Math.round(days * DAY_S));
    await this.tell();
    return record;
  }

  /** Moves it to the end of what is paid or tried, when the next month is billed. */
  async advanceToRenewal(subscription: string): Promise<SubscriptionRecord> {
    const record = this.account.subscription(subscription);
    advanceTo(this.account, record, record.subscription.items.data[0]!.current_period_end);
    await this.tell();
    return record;
  }

  /** The customer leaves another card, as on the portal; what is open stays open until it is paid or tried again. */
  async changeCard(customer: string, number: string): Promise<Decline | undefined> {
    const card = cardByNumber(number);
    if (!card) return INCORRECT_NUMBER;
    if (typeof card.outcome === 'object' && !card.saves) return card.outcome;
    const { id } = saveMethod(this.account, this.account.customer(customer).id, card);
    this.account.customer(customer).invoice_settings.default_payment_method = id;
    for (const { subscription } of this.account.subscriptions.values()) {
      if (idOf(subscription.customer) !== customer || subscription.status === 'canceled') continue;
      subscription.default_payment_method = id;
      this.account.emit('customer.subscription.updated', subscription);
    }
    await this.tell();
    return undefined;
  }

  /** The customer pays an open invoice with that card; the decline when his bank says no. */
  async pay(invoice: string, number: string): Promise<Decline | undefined> {
    const record = this.account.invoice(invoice);
    if (record.invoice.status !== 'open') throw new Error(`${invoice} is ${record.invoice.status}`);
    const card = cardByNumber(number);
    const decline = card ? payByHand(this.account, record, card) : INCORRECT_NUMBER;
    await this.tell();
    return decline;
  }

  /** Somebody at the platform gives an open invoice up, in Stripe's dashboard. */
  async giveUp(invoice: string, state: 'void' | 'uncollectible'): Promise<InvoiceRecord> {
    const record = this.account.invoice(invoice);
    const of = this.account.subscription(subscriptionIdOf(record.invoice));
    giveUp(this.account, record, state, of.clock);
    catchUp(this.account, of);
    await this.tell();
    return record;
  }
}
