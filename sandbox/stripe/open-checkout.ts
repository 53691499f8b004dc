import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { beginsWithTrial, readSubscription } from './billing/subscription-checkout.js';
import { BLANK_SESSION } from './blank-session.js';
import { readLineItems } from './checkout-lines.js';
import type { CheckoutRecord, CheckoutSubscription, LineItem } from './checkout-record.js';
import { now } from './now.js';
import type { Params } from './params.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';

const DAY_S = 86_400;
const HALF_HOUR_S = 1_800;
const MOBILEPAY_CURRENCIES = ['dkk', 'eur', 'nok', 'sek'];

/** Reads `POST /v1/checkout/sessions`; `pageUrl` says where the customer will find the session of that id. */
export function openCheckout(account: StripeAccount, params: Params, pageUrl: (id: string) => string): CheckoutRecord {
  params.refuse('payment_method_types');
  const mode = params.choice('mode', ['payment', 'setup', 'subscription']);
  if (!mode) throw StripeRefusal.missing('mode');
  const lineItems = mode === 'setup' ? [] : readLineItems(account, params);
  if (mode === 'payment' && lineItems.some(({ price }) => price.recurring)) {
    throw StripeRefusal.invalid('You specified `payment` mode but passed a recurring price.', 'mode');
  }
  const subscription = mode === 'subscription' ? readSubscription(params, lineItems) : undefined;
  const currency = lineItems[0]?.currency ?? params.text('currency') ?? 'dkk';
  const id = token('cs_test_', 58);
  const data = params.inner('payment_intent_data');
  return {
    session: {
      ...BLANK_SESSION,
      id,
      ...amountsOf(mode, lineItems, subscription),
      mode,
      ...MODE[mode],
      customer_creation: creationOf(mode, params),
      allowed_payment_method_types: params.list('allowed_payment_method_types'),
      cancel_url: urlOf(params, 'cancel_url') ?? null,
      client_reference_id: params.text('client_reference_id') ?? null,
      created: now(),
      currency,
      customer: params.text('customer') ?? null,
      customer_email: params.text('customer_email') ?? null,
      expires_at: expiryOf(params),
      locale: params.text('locale') ?? null,
      metadata: params.metadata(),
      payment_method_types: methodsOf(params, mode, currency),
      success_url: successUrlOf(params),
      url: pageUrl(id),
    },
    lineItems,
    merchant: params.inner('branding_settings').text('display_name') ?? 'Sandbox',
    payment: {
      metadata: data.metadata(),
      description: data.text('description'),
      receiptEmail: data.text('receipt_email'),
      manual: data.text('capture_method') === 'manual',
      applicationFee: data.integer('application_fee_amount'),
    },
    setup: { metadata: params.inner('setup_intent_data').metadata() },
    subscription,
  };
}

/** The customer's e-mail and name as the API shows them after the payment. */
export function customerDetails(email: string | null, name: string | null): Stripe.Checkout.Session.CustomerDetails {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  };
}

type Mode = 'payment' | 'setup' | 'subscription';

const MODE = {
  payment: { payment_status: 'unpaid', payment_method_collection: 'if_required' },
  setup: { payment_status: 'no_payment_required', payment_method_collection: 'if_required' },
  subscription: { payment_status: 'unpaid', payment_method_collection: 'always' },
} as const;

function creationOf(mode: Mode, params: Params): 'always' | 'if_required' | null {
  if (mode === 'subscription') return null;
  return mode === 'setup' && params.text('customer_creation') === 'always' ? 'always' : 'if_required';
}

/** A trial costs nothing on the day it begins. */
function amountsOf(
  mode: Mode,
  lines: LineItem[],
  subscription: CheckoutSubscription | undefined,
): Pick<Stripe.Checkout.Session, 'amount_subtotal' | 'amount_total' | 'total_details'> {
  if (mode === 'setup') return { amount_subtotal: null, amount_total: null, total_details: null };
  const trial = subscription !== undefined && beginsWithTrial(subscription);
  const total = trial ? 0 : lines.reduce((sum, line) => sum + line.amount_total, 0);
  return {
    amount_subtotal: total,
    amount_total: total,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  };
}

/** What can be paid with: what suits the currency, narrowed to what was allowed. */
function methodsOf(params: Params, mode: Mode, currency: string): string[] {
  // MobilePay cannot be charged without the customer.
  const possible =
    mode !== 'subscription' && MOBILEPAY_CURRENCIES.includes(currency) ? ['card', 'mobilepay'] : ['card'];
  const allowed = params.texts('allowed_payment_method_types');
  const methods = possible.filter((method) => allowed.length === 0 || allowed.includes(method));
  if (methods.length > 0) return methods;
  throw StripeRefusal.invalid(`No valid payment method types for ${currency}.`, 'allowed_payment_method_types');
}

function expiryOf(params: Params): number {
  const wanted = params.integer('expires_at') ?? now() + DAY_S;
  // Some leeway, as the caller's half hour began when it made the request.
  if (wanted < now() + HALF_HOUR_S - 60 || wanted > now() + DAY_S + 60) {
    throw StripeRefusal.invalid('The `expires_at` timestamp must be 30 minutes to 24 hours away.', 'expires_at');
  }
  return wanted;
}

function successUrlOf(params: Params): string {
  const url = urlOf(params, 'success_url');
  if (!url) throw StripeRefusal.missing('success_url');
  return url;
}

function urlOf(params: Params, name: string): string | undefined {
  const url = params.text(name);
  if (url !== undefined && !/^https?:\/\/\S+$/.test(url))
    throw StripeRefusal.invalid('Not a valid URL', name, 'url_invalid');
  return url;
}
