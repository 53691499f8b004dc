import type { Stripe } from 'stripe';
import { token } from '../../http/tokens.js';
import { now } from '../now.js';
import type { Params } from '../params.js';
import type { StripeAccount } from '../stripe-account.js';
import { StripeRefusal } from '../stripe-refusal.js';
import type { SandboxPlan, SandboxPrice } from './billing-records.js';

/** `POST /v1/products`. */
export function createProduct(account: StripeAccount, params: Params): Stripe.Product {
  const id = params.text('id') ?? token('prod_', 14);
  if (account.products.has(id)) {
    throw StripeRefusal.invalid(`Product already exists: ${id}`, 'id', 'resource_already_exists');
  }
  const product: Stripe.Product = {
    id,
    object: 'product',
    active: true,
    created: now(),
    default_price: null,
    description: params.text('description') ?? null,
    images: [],
    livemode: false,
    marketing_features: [],
    metadata: params.metadata(),
    name: params.requiredText('name'),
    package_dimensions: null,
    shippable: null,
    tax_details: null,
    type: 'service',
    updated: now(),
    url: null,
  };
  account.products.set(id, product);
  account.emit('product.created', product);
  return product;
}

/** `POST /v1/prices`. A price never changes afterwards; its look-up key is nobody else's. */
export function createPrice(account: StripeAccount, params: Params): SandboxPrice {
  const lookupKey = params.text('lookup_key');
  const holder = [...account.prices.values()].find(({ lookup_key: key }) => key !== null && key === lookupKey);
  if (holder) {
    throw StripeRefusal.invalid(
      `A price (\`${holder.id}\`) already uses that lookup key.`,
      'lookup_key',
      'resource_already_exists',
    );
  }
  const price = newPrice({
    product: account.product(params.requiredText('product'), 'product').id,
    currency: params.requiredText('currency').toLowerCase(),
    unitAmount: params.requiredInteger('unit_amount'),
    recurring: recurringOf(params),
  });
  price.active = true;
  price.lookup_key = lookupKey ?? null;
  price.metadata = params.metadata();
  price.tax_behavior = params.choice('tax_behavior', ['inclusive', 'exclusive', 'unspecified']) ?? 'unspecified';
  account.prices.set(price.id, price);
  account.emit('price.created', price);
  return price;
}

/** What a price says that nobody has stored: `price_data` of a line. */
export function newPrice(of: {
  product: string;
  currency: string;
  unitAmount: number;
  recurring: Stripe.Price.Recurring | null;
}): SandboxPrice {
  if (of.unitAmount < 0) throw StripeRefusal.invalid('Invalid non-negative integer', 'unit_amount');
  return {
    id: token('price_'),
    object: 'price',
    active: false,
    billing_scheme: 'per_unit',
    created: now(),
    currency: of.currency,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: null,
    metadata: {},
    nickname: null,
    product: of.product,
    recurring: of.recurring,
    tax_behavior: 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: of.recurring ? 'recurring' : 'one_time',
    unit_amount: of.unitAmount,
    unit_amount_decimal: String(of.unitAmount),
  };
}

/** The same as a plan, which is what prices were called before and still are on a subscription. */
export function planOf(price: SandboxPrice): SandboxPlan {
  return {
    id: price.id,
    object: 'plan',
    active: price.active,
    amount: price.unit_amount,
    amount_decimal: price.unit_amount_decimal,
    billing_scheme: 'per_unit',
    created: price.created,
    currency: price.currency,
    interval: 'month',
    interval_count: 1,
    livemode: false,
    metadata: price.metadata,
    meter: null,
    nickname: null,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
    usage_type: 'licensed',
  };
}

function recurringOf(params: Params): Stripe.Price.Recurring | null {
  if (!params.has('recurring')) return null;
  const recurring = params.inner('recurring');
  if (recurring.requiredText('interval') !== 'month' || (recurring.integer('interval_count') ?? 1) !== 1) {
    throw StripeRefusal.invalid('The sandbox bills by the month only.', 'recurring[interval]');
  }
  return { interval: 'month', interval_count: 1, meter: null, trial_period_days: null, usage_type: 'licensed' };
}
