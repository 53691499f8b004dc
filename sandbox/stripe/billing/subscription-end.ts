import type { StripeAccount } from '../stripe-account.js';
import type { SubscriptionRecord } from './billing-records.js';
import { invoicesOf } from './invoices.js';

type Reason = 'cancellation_requested' | 'payment_failed';

/** It is over, for ever. What is still open stays owed, and no card is tried for it any more. */
export function endSubscription(account: StripeAccount, { subscription, clock }: SubscriptionRecord, reason: Reason) {
  subscription.status = 'canceled';
  subscription.canceled_at ??= clock;
  subscription.ended_at = clock;
  subscription.cancellation_details = { comment: null, feedback: null, feedback_option: null, reason };
  for (const { invoice } of invoicesOf(account, subscription.id)) {
    invoice.next_payment_attempt = null;
    invoice.auto_advance = false;
  }
  account.emit('customer.subscription.deleted', subscription);
}
