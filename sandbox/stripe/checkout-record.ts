import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { BLANK_SESSION } from './blank-session.js';
import type { Params } from './params.js';
import { now } from './now.js';
import { StripeRefusal } from './stripe-refusal.js';
import type { Decline, Instrument } from './test-cards.js';

/** A line of a checkout, as it travels: decimals as text. */
export type LineItem = Omit<Stripe.LineItem, 'price'> & {
  price: Omit<Stripe.Price, 'unit_amount_decimal'> & { unit_amount_decimal: string };
};

/** A checkout session with what its page needs and the API does not show. */
export interface CheckoutRecord {
  session: Stripe.Checkout.Session;
  lineItems: LineItem[];
  /** Who is paid, as the page says it. */
  merchant: string;
  /** What the payment intent will carry when there is one. */
  payment: {
    metadata: Record<string, string>;
    description: string | undefined;
    receiptEmail: string | undefined;
    manual: boolean;
    applicationFee: number | undefined;
  };
  /** What the setup intent will carry, in setup mode. */
  setup: { metadata: Record<string, string> };
  /** Set while the customer stands before the bank's 3-D Secure step. */
  authenticating?: Instrument | undefined;
  lastDecline?: Decline | undefined;
}

const DAY_S = 86_400;
const HALF_HOUR_S = 1_800;
const MOBILEPAY_CURRENCIES = ['dkk', 'eur', 'nok', 'sek'];

/** Reads `POST /v1/checkout/sessions`; `pageUrl` says where the customer will find the session of that id. */
export function openCheckout(params: Params, pageUrl: (id: string) => string): CheckoutRecord {
  params.refuse('payment_method_types');
  const mode = params.requiredText('mode');
  if (mode !== 'payment' && mode !== 'setup') {
    throw StripeRefusal.invalid('The sandbox plays mode=payment and mode=setup only.', 'mode');
  }
  const lineItems = mode === 'setup' ? [] : readLineItems(params);
  const currency = lineItems[0]?.currency ?? params.text('currency') ?? 'dkk';
  const id = token('cs_test_', 58);
  const data = params.inner('payment_intent_data');
  return {
    session: {
      ...BLANK_SESSION,
      id,
      ...(mode === 'setup' ? NO_AMOUNTS : amountsOf(lineItems)),
      mode,
      customer_creation: mode === 'setup' && params.text('customer_creation') === 'always' ? 'always' : 'if_required',
      payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
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
      payment_method_types: methodsOf(params, currency),
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

function readLineItems(params: Params): LineItem[] {
  const items = params.items('line_items');
  if (items.length === 0) throw StripeRefusal.missing('line_items');
  const lines = items.map((item) => readLineItem(item));
  if (lines.some((line) => line.currency !== lines[0]?.currency)) {
    throw StripeRefusal.invalid('All line items must have the same currency.', 'line_items');
  }
  return lines;
}

function readLineItem(item: Params): LineItem {
  if (!item.has('price_data')) {
    throw StripeRefusal.invalid('The sandbox has no stored prices: send price_data.', 'line_items');
  }
  const price = item.inner('price_data');
  const product = price.inner('product_data');
  const currency = price.requiredText('currency').toLowerCase();
  const unitAmount = price.requiredInteger('unit_amount');
  const quantity = item.integer('quantity') ?? 1;
  if (unitAmount < 0 || quantity < 1) throw StripeRefusal.invalid('Invalid amount or quantity.', 'line_items');
  return {
    id: token('li_'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: unitAmount * quantity,
    amount_tax: 0,
    amount_total: unitAmount * quantity,
    currency,
    description: product.requiredText('name'),
    metadata: {},
    price: priceOf(currency, unitAmount),
    quantity,
  };
}

function priceOf(currency: string, unitAmount: number): LineItem['price'] {
  return {
    id: token('price_'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: now(),
    currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: token('prod_', 14),
    recurring: null,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: unitAmount,
    unit_amount_decimal: String(unitAmount),
  };
}

const NO_AMOUNTS = { amount_subtotal: null, amount_total: null, total_details: null };

function amountsOf(
  lines: LineItem[],
): Pick<Stripe.Checkout.Session, 'amount_subtotal' | 'amount_total' | 'total_details'> {
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  return {
    amount_subtotal: total,
    amount_total: total,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  };
}

/** What can be paid with: what suits the currency, narrowed to what was allowed. */
function methodsOf(params: Params, currency: string): string[] {
  const possible = MOBILEPAY_CURRENCIES.includes(currency) ? ['card', 'mobilepay'] : ['card'];
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
