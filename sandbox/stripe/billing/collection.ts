import { token } from '../../http/tokens.js';
import { recordDecline } from '../charges.js';
import { idOf } from '../id-of.js';
import { now } from '../now.js';
import { attemptPayment, NOT_THERE, openPaymentIntent } from '../payment-intents.js';
import type { StripeAccount } from '../stripe-account.js';
import type { Decline, Instrument } from '../test-cards.js';
import type { InvoiceRecord, SubscriptionRecord } from './billing-records.js';
import { invoicesOf, issue, markPaid, subscriptionIdOf, tellOfInvoice } from './invoices.js';
import { endSubscription } from './subscription-end.js';

const DAY_S = 86_400;
/** How long after an attempt that failed the next one comes, in days. */
const RETRY_AFTER_DAYS = [3, 5, 7];

/** Issues the draft and takes the money with the card that the customer has left. */
export function bill(account: StripeAccount, of: SubscriptionRecord, record: InvoiceRecord): void {
  issue(account, record, of.clock);
  if (record.invoice.status === 'open') collect(account, of, record);
}

/** One attempt with the saved card, without the customer. */
export function collect(account: StripeAccount, of: SubscriptionRecord, record: InvoiceRecord): void {
  const saved = account.paymentMethods.get(idOf(of.subscription.default_payment_method));
  attempt(account, of, record, saved?.method.customer ? saved.instrument : undefined);
  if (record.invoice.status === 'paid') return;
  const pause = RETRY_AFTER_DAYS[record.invoice.attempt_count - 1];
  record.invoice.next_payment_attempt = pause === undefined ? null : of.clock + pause * DAY_S;
  tellOfInvoice(account, 'invoice.payment_failed', record);
  fallBehind(account, of, pause === undefined);
}

/** The customer pays an open invoice himself; the decline when his bank says no. */
export function payByHand(account: StripeAccount, record: InvoiceRecord, instrument: Instrument): Decline | undefined {
  const of = account.subscription(subscriptionIdOf(record.invoice));
  // The bank asks him, and he says yes.
  const there = instrument.outcome === 'authenticate' ? { ...instrument, outcome: 'approved' as const } : instrument;
  const decline = attempt(account, of, record, there);
  if (decline) tellOfInvoice(account, 'invoice.payment_failed', record);
  return decline;
}

function attempt(
  account: StripeAccount,
  of: SubscriptionRecord,
  record: InvoiceRecord,
  instrument: Instrument | undefined,
): Decline | undefined {
  const { invoice } = record;
  invoice.attempted = true;
  invoice.attempt_count += 1;
  const decline = instrument ? charge(account, record, instrument) : NO_CARD;
  if (decline) return decline;
  const payment = record.payments[0]!;
  payment.status = 'paid';
  payment.amount_paid = invoice.amount_due;
  payment.status_transitions.paid_at = of.clock;
  markPaid(account, record, of.clock);
  catchUp(account, of);
  return undefined;
}

function charge(account: StripeAccount, record: InvoiceRecord, instrument: Instrument): Decline | undefined {
  const intent = account.paymentIntent(intentOf(account, record));
  if (instrument.outcome !== 'authenticate') return attemptPayment(account, intent, instrument);
  recordDecline(account, intent, instrument, NOT_THERE);
  tellOfInvoice(account, 'invoice.payment_action_required', record);
  return NOT_THERE;
}

/** The invoice's one payment intent, opened at the first attempt. */
function intentOf(account: StripeAccount, { invoice, payments }: InvoiceRecord): string {
  const open = payments[0]?.payment.payment_intent;
  if (open) return idOf(open);
  const { id } = openPaymentIntent(account, {
    amount: invoice.amount_due,
    currency: invoice.currency,
    methods: ['card'],
    metadata: {},
    customer: idOf(invoice.customer),
    description: invoice.billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
  });
  payments.push({
    id: token('inpay_'),
    object: 'invoice_payment',
    amount_paid: null,
    amount_requested: invoice.amount_due,
    created: now(),
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    livemode: false,
    payment: { type: 'payment_intent', payment_intent: id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  });
  return id;
}

/** Nobody has paid: it is past due, and after the last attempt what the account's settings say. */
function fallBehind(account: StripeAccount, of: SubscriptionRecord, last: boolean): void {
  const { subscription } = of;
  if (last && of.afterRetries === 'canceled') return endSubscription(account, of, 'payment_failed');
  subscription.status = last ? 'unpaid' : 'past_due';
  account.emit('customer.subscription.updated', subscription);
}

/** All that was open is paid. */
export function catchUp(account: StripeAccount, { subscription }: SubscriptionRecord): void {
  if (subscription.status !== 'past_due' && subscription.status !== 'unpaid') return;
  if (invoicesOf(account, subscription.id).some(({ invoice }) => invoice.status === 'open')) return;
  subscription.status = 'active';
  account.emit('customer.subscription.updated', subscription);
}

const NO_CARD: Decline = {
  code: 'payment_method_missing',
  declineCode: 'payment_method_missing',
  message: 'The customer has no payment method.',
};
