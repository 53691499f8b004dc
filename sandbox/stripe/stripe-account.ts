import type { Stripe } from 'stripe';
import { BoundedMap } from '../http/bounded-map.js';
import { token } from '../http/tokens.js';
import type { InvoiceRecord, PortalRecord, SandboxPrice, SubscriptionRecord } from './billing/billing-records.js';
import type { CheckoutRecord } from './checkout-record.js';
import { now } from './now.js';
import { StripeRefusal } from './stripe-refusal.js';
import type { SandboxDispute } from './dispute-record.js';
import type { SavedMethod } from './saved-method-record.js';
import type { Instrument } from './test-cards.js';

export const API_VERSION = '2026-10-28.endive';

/** An event with the object as it was when it happened. */
export interface StripeEvent {
  id: string;
  /** The connected account it happened on. */
  account?: string;
  object: 'event';
  api_version: string;
  created: number;
  data: { object: { id: string; object: string } };
  livemode: false;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: string;
}

/** Everything the fake Stripe remembers. Objects are kept as the API shows them. */
export class StripeAccount {
  readonly customers = new BoundedMap<string, Stripe.Customer>();
  readonly paymentIntents = new BoundedMap<string, Stripe.PaymentIntent>();
  readonly charges = new BoundedMap<string, Stripe.Charge>();
  readonly refunds = new BoundedMap<string, Stripe.Refund>();
  readonly balanceTransactions = new BoundedMap<string, Stripe.BalanceTransaction>();
  readonly checkouts = new BoundedMap<string, CheckoutRecord>();
  readonly disputes = new BoundedMap<string, SandboxDispute>();
  readonly paymentMethods = new BoundedMap<string, SavedMethod>();
  readonly setupIntents = new BoundedMap<string, Stripe.SetupIntent>();
  readonly products = new BoundedMap<string, Stripe.Product>();
  readonly prices = new BoundedMap<string, SandboxPrice>();
  readonly subscriptions = new BoundedMap<string, SubscriptionRecord>();
  readonly invoices = new BoundedMap<string, InvoiceRecord>();
  readonly portals = new BoundedMap<string, PortalRecord>();
  /** The payout that each line of the balance went out with. */
  readonly paidOutBy = new BoundedMap<string, string>();
  readonly events = new BoundedMap<string, StripeEvent>();
  /** What each charge was paid with. */
  readonly instruments = new BoundedMap<string, Instrument>();
  /** With what a customer pays who stands before the bank's 3-D Secure step, by the intent. */
  readonly authenticating = new BoundedMap<string, Instrument>();
  private outgoing: StripeEvent[] = [];
  private invoiceNumbers = 0;

  /**
   * @param pageUrl the address of a page for people
   * @param id of a connected account; the platform's own has none
   */
  constructor(
    readonly pageUrl: (path: string) => string,
    readonly id?: string,
  ) {}

  /** Records that something happened to the object; the webhook follows when the caller sends what is outgoing. */
  emit(type: string, object: { id: string; object: string }): void {
    const event: StripeEvent = {
      id: token('evt_'),
      ...(this.id ? { account: this.id } : {}),
      object: 'event',
      api_version: API_VERSION,
      created: now(),
      data: { object: structuredClone(object) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    };
    this.events.set(event.id, event);
    this.outgoing.push(event);
  }

  /** The events since the last call of this method. */
  takeOutgoing(): StripeEvent[] {
    return this.outgoing.splice(0);
  }

  nextInvoiceNumber(): number {
    this.invoiceNumbers += 1;
    return this.invoiceNumbers;
  }

  product(id: string, param?: string): Stripe.Product {
    return found(this.products, 'product', id, param);
  }

  price(id: string, param?: string): SandboxPrice {
    return found(this.prices, 'price', id, param);
  }

  subscription(id: string): SubscriptionRecord {
    return found(this.subscriptions, 'subscription', id);
  }

  invoice(id: string): InvoiceRecord {
    return found(this.invoices, 'invoice', id);
  }

  customer(id: string, param?: string): Stripe.Customer {
    return found(this.customers, 'customer', id, param);
  }

  paymentIntent(id: string, param?: string): Stripe.PaymentIntent {
    return found(this.paymentIntents, 'payment_intent', id, param);
  }

  charge(id: string, param?: string): Stripe.Charge {
    return found(this.charges, 'charge', id, param);
  }

  refund(id: string): Stripe.Refund {
    return found(this.refunds, 'refund', id);
  }

  paymentMethod(id: string): SavedMethod {
    return found(this.paymentMethods, 'PaymentMethod', id);
  }

  checkout(id: string): CheckoutRecord {
    return found(this.checkouts, 'checkout.session', id);
  }

  clear(): void {
    for (const each of [this.customers, this.paymentIntents, this.charges, this.refunds, this.balanceTransactions]) {
      each.clear();
    }
    for (const each of [this.disputes, this.paymentMethods, this.setupIntents, this.paidOutBy]) each.clear();
    for (const each of [this.products, this.prices, this.subscriptions, this.invoices, this.portals]) each.clear();
    this.checkouts.clear();
    this.events.clear();
    this.instruments.clear();
    this.authenticating.clear();
    this.outgoing = [];
  }
}

function found<T>(objects: ReadonlyMap<string, T>, kind: string, id: string, param?: string): T {
  const object = objects.get(id);
  if (!object) throw StripeRefusal.unknown(kind, id, param);
  return object;
}
