import type { CheckoutRecord, CheckoutSubscription, LineItem } from '../checkout-record.js';
import { createCustomer } from '../customers.js';
import { idOf } from '../id-of.js';
import { now } from '../now.js';
import { Params } from '../params.js';
import { saveMethod } from '../payment-methods.js';
import type { StripeAccount } from '../stripe-account.js';
import { StripeRefusal } from '../stripe-refusal.js';
import type { Instrument } from '../test-cards.js';
import { startSubscription } from './subscription-start.js';

const DAY_S = 86_400;

/** Reads what only `mode=subscription` takes, and refuses what it does not take. */
export function readSubscription(params: Params, lines: readonly LineItem[]): CheckoutSubscription {
  for (const name of ['payment_intent_data', 'customer_creation']) {
    if (params.has(name)) throw StripeRefusal.invalid(`You can not pass \`${name}\` in \`subscription\` mode.`, name);
  }
  if (lines.length !== 1 || !lines[0]!.price.recurring) {
    throw StripeRefusal.invalid(
      'You must provide at least one recurring price in `subscription` mode; the sandbox plays exactly one.',
      'line_items',
    );
  }
  const data = params.inner('subscription_data');
  const trialEnd = data.integer('trial_end');
  const trialDays = data.integer('trial_period_days');
  if (trialEnd !== undefined && trialDays !== undefined) {
    throw StripeRefusal.invalid('You may only specify one of these parameters: trial_end, trial_period_days.');
  }
  if (trialEnd !== undefined && trialEnd < now() + 2 * DAY_S) {
    throw StripeRefusal.invalid(
      'The `trial_end` date has to be at least 2 days in the future.',
      'subscription_data[trial_end]',
    );
  }
  if (trialDays !== undefined && trialDays < 1) {
    throw StripeRefusal.invalid('The trial has to be at least one day.', 'subscription_data[trial_period_days]');
  }
  return { metadata: data.metadata(), trialEnd, trialDays };
}

/** Whether nothing is paid on the page. */
export function beginsWithTrial({ trialEnd, trialDays }: CheckoutSubscription): boolean {
  return trialEnd !== undefined || trialDays !== undefined;
}

/** The card has been taken: the subscription begins. */
export function subscribe(account: StripeAccount, record: CheckoutRecord, instrument: Instrument): void {
  const { session, lineItems, subscription: wanted } = record;
  const [line] = lineItems;
  if (!wanted || !line) throw new Error(`${session.id} subscribes to nothing`);
  session.customer ??= createCustomer(account, new Params({ email: session.customer_email ?? '' })).id;
  const customer = idOf(session.customer);
  const method = saveMethod(account, customer, instrument);
  const trialEnd = wanted.trialEnd ?? (wanted.trialDays ? now() + wanted.trialDays * DAY_S : undefined);
  const { subscription } = startSubscription(account, {
    customer,
    paymentMethod: method.id,
    price: line.price,
    quantity: line.quantity ?? 1,
    metadata: wanted.metadata,
    trialEnd,
  });
  session.subscription = subscription.id;
  session.invoice = idOf(subscription.latest_invoice);
  session.payment_status = trialEnd === undefined ? 'paid' : 'no_payment_required';
}
