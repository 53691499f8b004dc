import type Stripe from 'stripe';
import type { GatewayNews, PaymentStatus } from '../../modules/finance/index.js';
import { isId } from '../../platform/values/id.js';
import { checkoutStatus, idOf, intentStatus, refundStatus } from './stripe-answers.js';
import { disputeNews } from './stripe-books.js';
import { subscriptionOf } from './stripe-subscription-answers.js';

/** A session that says less than we must know: it has to be asked for. */
export interface SessionToAsk {
  readonly about: 'session';
  readonly sessionId: string;
  readonly mode: 'payment' | 'setup';
  readonly metadata: Stripe.Metadata | null;
}

/** An event of Stripe's in our words. Types we do not know are kept, and nothing in them is for us. */
export function newsOf(event: Stripe.Event): GatewayNews | SessionToAsk {
  const nothing = { about: 'nothing', kind: event.type } as const;
  const account = event.account ?? null;
  switch (event.type) {
    case 'checkout.session.completed':
    case 'checkout.session.async_payment_succeeded':
    case 'checkout.session.expired':
      return sessionNews(event.data.object, account) ?? nothing;
    case 'checkout.session.async_payment_failed': {
      const status = { state: 'failed', ref: event.data.object.id, reason: 'payment_failed' } as const;
      return paymentNews(event.data.object.metadata, account, status) ?? nothing;
    }
    case 'payment_intent.succeeded':
    case 'payment_intent.payment_failed':
    case 'payment_intent.amount_capturable_updated':
    case 'payment_intent.canceled':
      // What belongs to a checkout is told by the checkout.
      if (event.data.object.metadata['flow'] === 'checkout') return nothing;
      return paymentNews(event.data.object.metadata, account, intentStatus(event.data.object)) ?? nothing;
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refundNews(event.data.object, account) ?? nothing;
    case 'charge.dispute.created':
    // A warning that becomes a dispute is not created again.
    case 'charge.dispute.updated':
    case 'charge.dispute.funds_withdrawn':
    case 'charge.dispute.closed': {
      const dispute = disputeNews(event.data.object, account);
      return dispute ? { about: 'dispute', ...dispute } : nothing;
    }
    case 'payout.paid':
      return { about: 'payout', ref: event.data.object.id, account, state: 'paid' };
    case 'payout.failed':
      return { about: 'payout', ref: event.data.object.id, account, state: 'failed' };
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
    case 'customer.subscription.paused':
    case 'customer.subscription.resumed':
    case 'customer.subscription.trial_will_end':
      return account ? nothing : { about: 'subscription', ref: event.data.object.id };
    case 'invoice.finalized':
    case 'invoice.paid':
    case 'invoice.payment_failed':
    case 'invoice.payment_action_required':
    case 'invoice.voided':
    case 'invoice.marked_uncollectible':
      return account ? nothing : (billNews(event.data.object) ?? nothing);
    default:
      return nothing;
  }
}

function sessionNews(session: Stripe.Checkout.Session, account: string | null): GatewayNews | SessionToAsk | null {
  const { id: sessionId, mode, metadata, status, payment_status: paid } = session;
  if (mode === 'subscription') return subscribed(session, account);
  if (mode === 'setup') return { about: 'session', sessionId, mode: 'setup', metadata };
  if (mode !== 'payment') return null;
  if (status === 'complete' && paid === 'unpaid') return { about: 'session', sessionId, mode: 'payment', metadata };
  return paymentNews(metadata, account, checkoutStatus(session));
}

/** Only the platform has subscriptions with us; what schools' own accounts have is their own. */
function subscribed({ status, subscription }: Stripe.Checkout.Session, account: string | null): GatewayNews | null {
  const ref = idOf(subscription);
  return status === 'complete' && ref && !account ? { about: 'subscription', ref } : null;
}

function billNews(invoice: Stripe.Invoice): GatewayNews | null {
  const subscriptionRef = subscriptionOf(invoice);
  return subscriptionRef ? { about: 'bill', ref: invoice.id, subscriptionRef } : null;
}

export function paymentNews(
  metadata: Stripe.Metadata | null,
  account: string | null,
  status: PaymentStatus,
): GatewayNews | null {
  const { school_id: schoolId, payment_id: paymentId } = metadata ?? {};
  return isId(schoolId) && isId(paymentId) ? { about: 'payment', schoolId, paymentId, account, status } : null;
}

function refundNews(refund: Stripe.Refund, account: string | null): GatewayNews | null {
  const { school_id: schoolId, refund_id: refundId } = refund.metadata ?? {};
  return isId(schoolId) && isId(refundId)
    ? { about: 'refund', schoolId, refundId, account, status: refundStatus(refund) }
    : null;
}
