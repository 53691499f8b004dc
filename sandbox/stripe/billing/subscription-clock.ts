import type { StripeAccount } from '../stripe-account.js';
import type { InvoiceRecord, SubscriptionRecord } from './billing-records.js';
import { bill, collect } from './collection.js';
import { periodLine } from './invoice-lines.js';
import { drawUp, invoicesOf } from './invoices.js';
import { nextMonth } from './months.js';
import { endSubscription } from './subscription-end.js';

const WARNED_BEFORE_S = 3 * 86_400;

interface Due {
  at: number;
  act: () => void;
}

/** Moves the subscription's own time to that moment, in seconds: trials end, months are billed, cards are tried again. */
export function advanceTo(account: StripeAccount, record: SubscriptionRecord, moment: number): void {
  for (let due = nextDue(account, record); due && due.at <= moment; due = nextDue(account, record)) {
    record.clock = Math.max(record.clock, due.at);
    due.act();
  }
  record.clock = Math.max(record.clock, moment);
}

/** What comes next; of two at the same moment the end comes before the next month, and an attempt before both. */
function nextDue(account: StripeAccount, record: SubscriptionRecord): Due | undefined {
  const { subscription } = record;
  if (subscription.status === 'canceled') return undefined;
  const all: Due[] = retriesOf(account, record);
  if (subscription.trial_end && subscription.status === 'trialing' && !record.trialWarned) {
    all.push({ at: subscription.trial_end - WARNED_BEFORE_S, act: () => warn(account, record) });
  }
  if (subscription.cancel_at) {
    all.push({
      at: subscription.cancel_at,
      act: () => endSubscription(account, record, 'cancellation_requested'),
    });
  }
  all.push({ at: subscription.items.data[0]!.current_period_end, act: () => renew(account, record) });
  return all.reduce((first, one) => (one.at < first.at ? one : first));
}

function retriesOf(account: StripeAccount, record: SubscriptionRecord): Due[] {
  return invoicesOf(account, record.subscription.id)
    .filter(({ invoice }) => invoice.status === 'open' && invoice.next_payment_attempt !== null)
    .map((one: InvoiceRecord) => ({
      at: one.invoice.next_payment_attempt!,
      act: () => collect(account, record, one),
    }));
}

function warn(account: StripeAccount, record: SubscriptionRecord): void {
  record.trialWarned = true;
  account.emit('customer.subscription.trial_will_end', record.subscription);
}

function renew(account: StripeAccount, record: SubscriptionRecord): void {
  const { subscription } = record;
  const item = subscription.items.data[0]!;
  item.current_period_start = item.current_period_end;
  item.current_period_end = nextMonth(subscription.billing_cycle_anchor, item.current_period_start);
  if (subscription.status === 'trialing') subscription.status = 'active';
  account.emit('customer.subscription.updated', subscription);
  const draft = drawUp(account, record, 'subscription_cycle', [periodLine(account, record)]);
  // Of one that nobody pays, the bills wait as drafts.
  if (subscription.status !== 'unpaid') bill(account, record, draft);
}
