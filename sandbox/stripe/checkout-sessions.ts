import type { Stripe } from 'stripe';
import type { CheckoutRecord } from './checkout-record.js';
import { customerDetails, openCheckout } from './open-checkout.js';
import { subscribe } from './billing/subscription-checkout.js';
import { createCustomer } from './customers.js';
import { Params } from './params.js';
import { saveMethod } from './payment-methods.js';
import { succeededSetup } from './setup-intents.js';
import { attemptPayment, AUTHENTICATION_FAILED, checkAmount, openPaymentIntent } from './payment-intents.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';
import { cardByNumber, INCORRECT_NUMBER, type Instrument, MOBILEPAY } from './test-cards.js';
import { idOf } from './id-of.js';

/** What came of the customer's attempt to pay. */
export type PaymentAttempt = 'paid' | 'authenticate' | 'declined' | 'closed';

/** The checkout sessions of the account: the API's verbs, and the customer's. */
export class CheckoutSessions {
  constructor(
    private readonly account: StripeAccount,
    private readonly pageUrl: (id: string) => string,
  ) {}

  create(params: Params): Stripe.Checkout.Session {
    if (params.has('customer') && params.has('customer_email')) {
      throw StripeRefusal.invalid('You may only specify one of these parameters: customer, customer_email.');
    }
    const record = openCheckout(this.account, params, this.pageUrl);
    const { session } = record;
    if (session.mode !== 'setup' && session.amount_total !== 0)
      checkAmount(session.amount_total ?? 0, session.currency ?? 'dkk');
    if (session.customer) this.account.customer(idOf(session.customer), 'customer');
    this.account.checkouts.set(session.id, record);
    return session;
  }

  expire(id: string): Stripe.Checkout.Session {
    const record = this.account.checkout(id);
    if (record.session.status !== 'open') {
      throw StripeRefusal.invalid('Only Checkout Sessions with a status in ["open"] can be expired.');
    }
    return this.close(record, 'expired');
  }

  /** Expires the sessions whose time has come; whether there were any. */
  expireOverdue(): boolean {
    const overdue = [...this.account.checkouts.values()].filter(
      ({ session }) => session.status === 'open' && session.expires_at <= now(),
    );
    for (const record of overdue) this.close(record, 'expired');
    return overdue.length > 0;
  }

  /** The customer types a card number. */
  payByCard(record: CheckoutRecord, number: string): PaymentAttempt {
    const card = cardByNumber(number);
    if (card) return this.pay(record, card);
    record.lastDecline = INCORRECT_NUMBER;
    return record.session.status === 'open' ? 'declined' : 'closed';
  }

  /** The customer approves in the MobilePay app. */
  payByMobilePay(record: CheckoutRecord): PaymentAttempt {
    return this.pay(record, MOBILEPAY);
  }

  /** The customer answers the bank's 3-D Secure question. */
  authenticate(record: CheckoutRecord, approved: boolean): PaymentAttempt {
    const instrument = record.authenticating;
    if (!instrument) return record.session.status === 'open' ? 'declined' : 'closed';
    record.authenticating = undefined;
    if (approved && record.session.mode !== 'payment') return this.keep(record, instrument);
    return this.pay(record, { ...instrument, outcome: approved ? 'approved' : AUTHENTICATION_FAILED });
  }

  private pay(record: CheckoutRecord, instrument: Instrument): PaymentAttempt {
    const { session } = record;
    if (session.status !== 'open') return 'closed';
    record.lastDecline = undefined;
    if (instrument.outcome === 'authenticate') {
      record.authenticating = instrument;
      return 'authenticate';
    }
    if (session.mode !== 'payment') return this.keep(record, instrument);
    const intent = this.intentOf(record);
    record.lastDecline = attemptPayment(this.account, intent, instrument);
    if (record.lastDecline) return 'declined';
    if (intent.status === 'succeeded') session.payment_status = 'paid';
    this.close(record, 'complete');
    return 'paid';
  }

  /** The customer leaves his card: for later, or for a subscription, whose first month is paid unless it begins with a trial. */
  private keep(record: CheckoutRecord, instrument: Instrument): PaymentAttempt {
    const paysNow = record.session.mode === 'subscription' && record.session.amount_total !== 0;
    if (typeof instrument.outcome === 'object' && (paysNow || !instrument.saves)) {
      record.lastDecline = instrument.outcome;
      return 'declined';
    }
    if (record.session.mode === 'setup') this.save(record, instrument);
    else subscribe(this.account, record, instrument);
    this.close(record, 'complete');
    return 'paid';
  }

  private save({ session, setup }: CheckoutRecord, instrument: Instrument): void {
    session.customer ??= createCustomer(this.account, new Params({})).id;
    const customer = idOf(session.customer);
    const method = saveMethod(this.account, customer, instrument);
    const { metadata } = setup;
    session.setup_intent = succeededSetup(this.account, { customer, paymentMethod: method.id, metadata }).id;
  }

  /** The session's one payment intent, opened at the first attempt. */
  private intentOf({ session, payment }: CheckoutRecord): Stripe.PaymentIntent {
    if (session.payment_intent) return this.account.paymentIntent(idOf(session.payment_intent));
    const intent = openPaymentIntent(this.account, {
      amount: session.amount_total ?? 0,
      currency: session.currency ?? 'dkk',
      methods: session.payment_method_types,
      metadata: payment.metadata,
      customer: session.customer ? idOf(session.customer) : undefined,
      description: payment.description,
      receiptEmail: payment.receiptEmail,
      manual: payment.manual,
      applicationFee: payment.applicationFee,
    });
    session.payment_intent = intent.id;
    return intent;
  }

  private close({ session }: CheckoutRecord, status: 'complete' | 'expired'): Stripe.Checkout.Session {
    session.status = status;
    session.url = null;
    if (status === 'complete') {
      const customer = session.customer ? this.account.customers.get(idOf(session.customer)) : undefined;
      session.customer_details = customerDetails(
        session.customer_email ?? customer?.email ?? null,
        customer?.name ?? null,
      );
    }
    this.account.emit(status === 'complete' ? 'checkout.session.completed' : 'checkout.session.expired', session);
    return session;
  }
}
