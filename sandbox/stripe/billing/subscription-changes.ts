import { idOf } from '../id-of.js';
import type { Params } from '../params.js';
import type { StripeAccount } from '../stripe-account.js';
import { StripeRefusal } from '../stripe-refusal.js';
import type { SandboxSubscription, SubscriptionRecord } from './billing-records.js';
import { bill } from './collection.js';
import { prorationLines } from './invoice-lines.js';
import { drawUp } from './invoices.js';
import { planOf } from './prices.js';
import { endSubscription } from './subscription-end.js';

const PLAYED = ['items', 'proration_behavior', 'payment_behavior', 'cancel_at_period_end', 'metadata', 'expand'];

/** `POST /v1/subscriptions/:id`. */
export function updateSubscription(account: StripeAccount, id: string, params: Params): SandboxSubscription {
  const record = account.subscription(id);
  const { subscription } = record;
  params.refuseOthers(PLAYED);
  if (subscription.status === 'canceled') {
    throw StripeRefusal.invalid(
      'A canceled subscription can only update its cancellation_details and metadata.',
      undefined,
      'invalid_canceled_subscription_fields',
    );
  }
  if (params.has('items')) changeItem(account, record, params);
  if (params.has('cancel_at_period_end')) setCancellation(record, params.flag('cancel_at_period_end'));
  Object.assign(subscription.metadata, params.metadata());
  account.emit('customer.subscription.updated', subscription);
  return subscription;
}

/** `DELETE /v1/subscriptions/:id`: at once. */
export function cancelSubscription(account: StripeAccount, id: string, params: Params): SandboxSubscription {
  const record = account.subscription(id);
  if (record.subscription.status === 'canceled') throw StripeRefusal.unknown('subscription', id);
  if (params.flag('prorate')) throw StripeRefusal.invalid('The sandbox gives no month back.', 'prorate');
  endSubscription(account, record, 'cancellation_requested');
  if (params.flag('invoice_now') && record.pending.length > 0) {
    bill(account, record, drawUp(account, record, 'subscription_update', []));
  }
  return record.subscription;
}

function changeItem(account: StripeAccount, record: SubscriptionRecord, params: Params): void {
  const [wanted, ...others] = params.items('items');
  const item = record.subscription.items.data[0]!;
  if (!wanted || others.length > 0 || wanted.text('id') !== item.id) {
    throw StripeRefusal.invalid('The sandbox plays subscriptions of one item: name it.', 'items');
  }
  const priceId = wanted.text('price');
  const price = priceId ? account.price(priceId, 'items[0][price]') : item.price;
  const quantity = wanted.integer('quantity') ?? item.quantity ?? 1;
  if (quantity < 0) throw StripeRefusal.invalid('Invalid non-negative integer', 'items[0][quantity]');
  if (!price.recurring || price.currency !== record.subscription.currency) {
    throw StripeRefusal.invalid('The price must be recurring, in the currency of the subscription.', 'items[0][price]');
  }
  const how = params.choice('proration_behavior', ['create_prorations', 'none']) ?? 'create_prorations';
  const before = { price: item.price, quantity: item.quantity ?? 1 };
  const isOther = idOf(before.price) !== idOf(price) || before.quantity !== quantity;
  if (isOther && how === 'create_prorations' && record.subscription.status !== 'trialing') {
    record.pending.push(...prorationLines(account, record, before, { price, quantity }));
  }
  Object.assign(item, { price, plan: planOf(price), quantity });
}

function setCancellation({ subscription, clock }: SubscriptionRecord, atPeriodEnd: boolean): void {
  subscription.cancel_at_period_end = atPeriodEnd;
  subscription.cancel_at = atPeriodEnd ? subscription.items.data[0]!.current_period_end : null;
  subscription.canceled_at = atPeriodEnd ? clock : null;
}
