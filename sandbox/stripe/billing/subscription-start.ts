import { token } from '../../http/tokens.js';
import { now } from '../now.js';
import type { StripeAccount } from '../stripe-account.js';
import type { SandboxItem, SandboxPrice, SandboxSubscription, SubscriptionRecord } from './billing-records.js';
import { bill } from './collection.js';
import { periodLine } from './invoice-lines.js';
import { drawUp } from './invoices.js';
import { nextMonth } from './months.js';
import { planOf } from './prices.js';

export interface NewSubscription {
  customer: string;
  paymentMethod: string;
  price: SandboxPrice;
  quantity: number;
  metadata: Record<string, string>;
  /** In seconds; undefined where the first month is paid at once. */
  trialEnd: number | undefined;
}

/** The customer has left his card: the subscription begins, and its first month (or a trial for nothing) is billed. */
export function startSubscription(account: StripeAccount, wanted: NewSubscription): SubscriptionRecord {
  const clock = now();
  const record: SubscriptionRecord = {
    subscription: newSubscription(wanted, clock),
    clock,
    pending: [],
    trialWarned: false,
    afterRetries: 'unpaid',
  };
  const { subscription } = record;
  account.subscriptions.set(subscription.id, record);
  account.emit('customer.subscription.created', subscription);
  const trial = wanted.trialEnd !== undefined;
  bill(account, record, drawUp(account, record, 'subscription_create', [periodLine(account, record, trial)]));
  return record;
}

function newSubscription(wanted: NewSubscription, clock: number): SandboxSubscription {
  const { trialEnd, metadata, price } = wanted;
  const id = token('sub_');
  return {
    ...BLANK_SUBSCRIPTION,
    id,
    billing_cycle_anchor: trialEnd ?? clock,
    created: clock,
    currency: price.currency,
    customer: wanted.customer,
    default_payment_method: wanted.paymentMethod,
    items: listOfOne(id, newItem(id, wanted, clock)),
    latest_invoice: null,
    metadata,
    start_date: clock,
    status: trialEnd === undefined ? 'active' : 'trialing',
    trial_end: trialEnd ?? null,
    trial_start: trialEnd === undefined ? null : clock,
  };
}

function newItem(subscription: string, wanted: NewSubscription, clock: number): SandboxItem {
  return {
    id: token('si_', 14),
    object: 'subscription_item',
    billing_thresholds: null,
    created: clock,
    current_period_start: clock,
    current_period_end: wanted.trialEnd ?? nextMonth(clock, clock),
    current_trial: null,
    discounts: [],
    metadata: {},
    plan: planOf(wanted.price),
    price: wanted.price,
    quantity: wanted.quantity,
    subscription,
    tax_rates: [],
  };
}

const listOfOne = (id: string, item: SandboxItem) => ({
  object: 'list',
  data: [item],
  has_more: false,
  url: `/v1/subscription_items?subscription=${id}`,
});

/** Everything the API says of a subscription that the sandbox never changes, or not at first. */
const BLANK_SUBSCRIPTION = {
  object: 'subscription',
  application: null,
  application_fee_percent: null,
  automatic_tax: { disabled_reason: null, enabled: false, liability: null },
  billing_cycle_anchor_config: null,
  billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
  billing_schedules: [],
  billing_thresholds: null,
  cancel_at: null,
  cancel_at_period_end: false,
  canceled_at: null,
  cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
  collection_method: 'charge_automatically',
  customer_account: null,
  days_until_due: null,
  default_source: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  ended_at: null,
  invoice_settings: {
    account_tax_ids: null,
    custom_fields: null,
    description: null,
    footer: null,
    issuer: { type: 'self' },
  },
  livemode: false,
  managed_payments: { enabled: false },
  next_pending_invoice_item_invoice: null,
  on_behalf_of: null,
  pause_collection: null,
  payment_settings: {
    payment_method_options: null,
    payment_method_types: null,
    save_default_payment_method: 'off',
  },
  pending_invoice_item_interval: null,
  pending_setup_intent: null,
  pending_update: null,
  schedule: null,
  test_clock: null,
  transfer_data: null,
  trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' } },
} satisfies Partial<SandboxSubscription>;
