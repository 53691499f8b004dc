import type { Stripe } from 'stripe';
import { token } from '../../http/tokens.js';
import { idOf } from '../id-of.js';
import { listOf } from '../list-of.js';
import type { StripeAccount } from '../stripe-account.js';
import { StripeRefusal } from '../stripe-refusal.js';
import type { InvoiceRecord, SandboxInvoiceLine, SubscriptionRecord } from './billing-records.js';
import { BLANK_INVOICE } from './blank-invoice.js';

type Reason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';

/** How many lines an invoice shows by itself. */
const SHOWN_LINES = 10;
/** What is less cannot be charged, and is carried to the next invoice. */
const SMALLEST_CHARGE = 250;

/** An invoice as the API shows it. */
export function shownInvoice({ invoice, lines }: InvoiceRecord): { id: string; object: string } {
  const list = listOf(lines.slice(0, SHOWN_LINES), `/v1/invoices/${invoice.id}/lines`, lines.length > SHOWN_LINES);
  const shown = { ...invoice, lines: list };
  return shown;
}

export function tellOfInvoice(account: StripeAccount, type: string, record: InvoiceRecord): void {
  account.emit(type, shownInvoice(record));
}

/** A draft of what has come together; what changes cost and gave back is on it. */
export function drawUp(
  account: StripeAccount,
  of: SubscriptionRecord,
  reason: Reason,
  lines: SandboxInvoiceLine[],
): InvoiceRecord {
  const id = token('in_');
  const all = [...of.pending.splice(0), ...lines].map((line) => ({ ...line, invoice: id }));
  const record: InvoiceRecord = { invoice: newInvoice(account, of, reason, id), lines: all, payments: [] };
  const total = all.reduce((sum, { amount }) => sum + amount, 0);
  Object.assign(record.invoice, { total, subtotal: total, total_excluding_tax: total, subtotal_excluding_tax: total });
  account.invoices.set(id, record);
  of.subscription.latest_invoice = id;
  tellOfInvoice(account, 'invoice.created', record);
  return record;
}

/** The draft becomes an invoice with a number. Credit from before pays of it first; where nothing is left to take, it is paid. */
export function issue(account: StripeAccount, record: InvoiceRecord, clock: number): void {
  const { invoice } = record;
  const customer = account.customer(idOf(invoice.customer));
  const owed = invoice.total + customer.balance;
  const charged = owed >= SMALLEST_CHARGE ? owed : 0;
  invoice.starting_balance = customer.balance;
  customer.balance = owed - charged;
  invoice.ending_balance = customer.balance;
  invoice.amount_due = charged;
  invoice.amount_remaining = charged;
  invoice.number = `${customer.invoice_prefix}-${String(account.nextInvoiceNumber()).padStart(4, '0')}`;
  invoice.status = 'open';
  invoice.auto_advance = true;
  invoice.effective_at = clock;
  invoice.status_transitions.finalized_at = clock;
  invoice.hosted_invoice_url = account.pageUrl(`/billing/invoices/${invoice.id}`);
  tellOfInvoice(account, 'invoice.finalized', record);
  if (charged === 0) markPaid(account, record, clock);
}

export function markPaid(account: StripeAccount, record: InvoiceRecord, clock: number): void {
  const { invoice } = record;
  invoice.status = 'paid';
  invoice.attempted = true;
  invoice.auto_advance = false;
  invoice.amount_paid = invoice.amount_due;
  invoice.amount_remaining = 0;
  invoice.next_payment_attempt = null;
  invoice.status_transitions.paid_at = clock;
  tellOfInvoice(account, 'invoice.paid', record);
  tellOfInvoice(account, 'invoice.payment_succeeded', record);
}

/** Nobody is to pay it, or nobody will. */
export function giveUp(
  account: StripeAccount,
  record: InvoiceRecord,
  state: 'void' | 'uncollectible',
  clock: number,
): void {
  const { invoice } = record;
  if (invoice.status !== 'open' && !(state === 'void' && invoice.status === 'uncollectible')) {
    throw StripeRefusal.invalid(`You cannot make an invoice ${state} that is ${invoice.status}.`);
  }
  invoice.status = state;
  invoice.next_payment_attempt = null;
  if (state === 'void') {
    invoice.status_transitions.voided_at = clock;
    invoice.amount_remaining = 0;
  } else invoice.status_transitions.marked_uncollectible_at = clock;
  tellOfInvoice(account, state === 'void' ? 'invoice.voided' : 'invoice.marked_uncollectible', record);
}

/** The invoices of a subscription, the newest first. */
export function invoicesOf(account: StripeAccount, subscription: string): InvoiceRecord[] {
  return account.invoices.newestFirst().filter(({ invoice }) => subscriptionIdOf(invoice) === subscription);
}

export function subscriptionIdOf({ parent }: Pick<Stripe.Invoice, 'parent'>): string {
  return idOf(parent?.subscription_details?.subscription ?? null);
}

function newInvoice(
  account: StripeAccount,
  { subscription, clock }: SubscriptionRecord,
  reason: Reason,
  id: string,
): InvoiceRecord['invoice'] {
  const { email, name } = account.customer(idOf(subscription.customer));
  const item = subscription.items.data[0]!;
  return {
    ...BLANK_INVOICE,
    id,
    amount_due: 0,
    amount_paid: 0,
    amount_remaining: 0,
    attempt_count: 0,
    attempted: false,
    auto_advance: false,
    billing_reason: reason,
    created: clock,
    currency: subscription.currency,
    customer: subscription.customer,
    customer_email: email,
    customer_name: name ?? null,
    effective_at: null,
    ending_balance: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    next_payment_attempt: null,
    number: null,
    parent: {
      type: 'subscription_details',
      quote_details: null,
      subscription_details: { metadata: { ...subscription.metadata }, subscription: subscription.id },
    },
    period_start: item.current_period_start,
    period_end: item.current_period_end,
    starting_balance: 0,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal: 0,
    subtotal_excluding_tax: 0,
    total: 0,
    total_excluding_tax: 0,
  };
}
