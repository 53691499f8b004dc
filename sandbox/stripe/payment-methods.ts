import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import type { Params } from './params.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';
import type { Instrument } from './test-cards.js';
import { idOf } from './id-of.js';

/** The customer leaves the card for later: what wanted the bank's word has had it, unless it wants it each time. */
export function saveMethod(account: StripeAccount, customer: string, instrument: Instrument): Stripe.PaymentMethod {
  const method = newMethod(customer, instrument);
  const outcome = instrument.outcome === 'authenticate' && !instrument.everyTime ? 'approved' : instrument.outcome;
  account.paymentMethods.set(method.id, { method, instrument: { ...instrument, outcome } });
  account.emit('payment_method.attached', method);
  return method;
}

/** `POST /v1/payment_methods/:id/detach`. */
export function detachMethod(account: StripeAccount, id: string): Stripe.PaymentMethod {
  const { method } = account.paymentMethod(id);
  if (method.customer === null) {
    throw StripeRefusal.invalid('The payment method you provided is not attached to a customer.', undefined);
  }
  method.customer = null;
  account.emit('payment_method.detached', method);
  return method;
}

/** What a payment is to be made with: one that the customer saved. */
export function savedInstrument(account: StripeAccount, id: string, params: Params): Instrument | undefined {
  const saved = account.paymentMethods.get(id);
  if (!saved) return undefined;
  const customer = params.text('customer');
  if (saved.method.customer === null || idOf(saved.method.customer) !== customer) {
    throw StripeRefusal.invalid('The payment method does not belong to the customer.', 'payment_method');
  }
  return saved.instrument;
}

function newMethod(customer: string, { brand, last4 }: Instrument): Stripe.PaymentMethod {
  return {
    id: token('pm_'),
    object: 'payment_method',
    billing_details: { address: null, email: null, name: null, phone: null, tax_id: null },
    card: {
      brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
      country: 'DK',
      display_brand: brand,
      exp_month: 12,
      exp_year: 2034,
      fingerprint: 'sandbox',
      funding: 'debit',
      generated_from: null,
      last4,
      networks: { available: [brand], preferred: null },
      regulated_status: null,
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: now(),
    customer,
    customer_account: null,
    livemode: false,
    metadata: {},
    type: 'card',
  };
}
