import type Stripe from 'stripe';
import type { Bill, BillLine, SubscriptionState, SubscriptionStatus } from '../../modules/billing/index.js';
import { isId } from '../../platform/values/id.js';
import { Money } from '../../platform/values/money.js';
import { idOf } from './stripe-answers.js';
import { planCodeOf } from './stripe-plans.js';

const states: Readonly<Record<string, SubscriptionState>> = {
  incomplete: 'incomplete',
  trialing: 'trialing',
  active: 'active',
  past_due: 'past_due',
  unpaid: 'unpaid',
  // A trial that ended without a card: nothing is billed, and nothing is paid.
  paused: 'unpaid',
  incomplete_expired: 'canceled',
  canceled: 'canceled',
};

/** A subscription in our words. @throws Error for a state that Stripe has invented since */
export function subscriptionStatus(subscription: Stripe.Subscription): SubscriptionStatus {
  const { id: ref, metadata, status } = subscription;
  const state = states[status];
  if (!state) throw new Error(`Stripe calls a subscription ${status}`);
  const item = subscription.items.data[0];
  const { subscription_id: subscriptionId } = metadata;
  const periodEnd = item?.current_period_end ?? null;
  return {
    ref,
    customerRef: idOf(subscription.customer)!,
    subscriptionId: isId(subscriptionId) ? subscriptionId : null,
    state,
    planCode: item ? planCodeOf(item.price) : null,
    seats: item?.quantity ?? 0,
    currentPeriodEnd: at(periodEnd),
    trialEndsAt: at(subscription.trial_end),
    cancelsAt: at(
      subscription.ended_at ?? subscription.cancel_at ?? (subscription.cancel_at_period_end ? periodEnd : null),
    ),
  };
}

/** Whose bill it is; null for one that no subscription made. */
export function subscriptionOf({ parent }: Pick<Stripe.Invoice, 'parent'>): string | null {
  return idOf(parent?.subscription_details?.subscription);
}

/** An invoice that has been issued, with all of its lines, in our words; null for a draft and for what no subscription made. */
export function billOf(invoice: Stripe.Invoice, lines: readonly Stripe.InvoiceLineItem[]): Bill | null {
  const subscriptionRef = subscriptionOf(invoice);
  const { status, status_transitions: moments } = invoice;
  if (!subscriptionRef || status === null || !isIssued(status)) return null;
  const money = (minor: number) => Money.of(minor, invoice.currency.toUpperCase());
  const payment = paymentOf(invoice);
  return {
    ref: invoice.id,
    number: invoice.number,
    subscriptionRef,
    state: status,
    total: money(invoice.total),
    // What somebody marked as paid at Stripe, who did not take it, is no evidence.
    received: money(payment ? invoice.amount_paid - (invoice.amount_paid_off_stripe ?? 0) : 0),
    lines: lines.map((line) => lineOf(line, money)),
    issuedAt: at(moments.finalized_at ?? invoice.created),
    paidAt: at(moments.paid_at),
    paymentRef: payment,
    // Stripe's books find the money by the intent, for a payment of a student's too.
    chargeRef: payment,
    url: status === 'open' ? (invoice.hosted_invoice_url ?? null) : null,
    attempts: invoice.attempt_count,
  };
}

function lineOf(line: Stripe.InvoiceLineItem, money: (minor: number) => Money): BillLine {
  const discount = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return {
    text: line.description ?? '',
    amount: money(line.amount - discount),
    from: at(line.period.start),
    until: at(line.period.end),
  };
}

/** The intent that brought the money. */
function paymentOf({ payments }: Stripe.Invoice): string | null {
  const paid = payments?.data.find(({ status }) => status === 'paid');
  return idOf(paid?.payment.payment_intent);
}

const isIssued = (status: string): status is Bill['state'] =>
  ['open', 'paid', 'uncollectible', 'void'].includes(status);

function at(seconds: number): Date;
function at(seconds: number | null): Date | null;
function at(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1_000);
}
