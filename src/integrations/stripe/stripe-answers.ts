import type Stripe from 'stripe';
import {
  type Answer,
  needsCustomer,
  type PaymentStatus,
  type RefundStatus,
  type SaveMethodStatus,
  type StoredMethod,
} from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import { Money } from '../../platform/values/money.js';

type Session = Pick<
  Stripe.Checkout.Session,
  'id' | 'status' | 'payment_status' | 'amount_total' | 'currency' | 'payment_intent' | 'url'
>;

/** A checkout session in our words. */
export function checkoutStatus(session: Session): PaymentStatus {
  const { id: ref, payment_intent: intent, payment_status: paid, amount_total: total, currency } = session;
  const evidence = intent !== null && typeof intent === 'object' ? intentStatus(intent) : null;
  if (evidence && ['paid', 'authorized', 'expired'].includes(evidence.state)) return { ...evidence, ref };
  if (paid === 'paid' && total !== null && currency) {
    return { state: 'paid', ref, chargeRef: idOf(intent), received: Money.of(total, currency.toUpperCase()) };
  }
  if (session.status === 'expired') return { state: 'expired', ref, reason: null };
  if (session.status === 'complete' && hasFailed(intent)) return { state: 'failed', ref, reason: 'payment_failed' };
  return { state: 'open', ref, url: session.url };
}

type Intent = Pick<
  Stripe.PaymentIntent,
  'id' | 'status' | 'amount_received' | 'amount_capturable' | 'currency' | 'last_payment_error' | 'metadata'
>;

/** A payment intent in our words. One that was charged without the customer has nobody who could try again. */
export function intentStatus(intent: Intent): PaymentStatus {
  const { id: ref, status, last_payment_error: error } = intent;
  const money = (minor: number) => Money.of(minor, intent.currency.toUpperCase());
  if (status === 'succeeded') return { state: 'paid', ref, chargeRef: ref, received: money(intent.amount_received) };
  if (status === 'requires_capture') {
    return { state: 'authorized', ref, chargeRef: ref, reserved: money(intent.amount_capturable) };
  }
  if (status === 'canceled') return { state: 'expired', ref, reason: 'canceled' };
  const alone = intent.metadata['flow'] === 'charge';
  if (alone && status === 'requires_action') return { state: 'failed', ref, reason: needsCustomer };
  if (alone && status === 'requires_payment_method') {
    return { state: 'failed', ref, reason: declineReason(error?.code, error?.decline_code) };
  }
  return { state: 'open', ref, url: null };
}

export function refundStatus({
  id: ref,
  status,
  failure_reason: reason,
}: Pick<Stripe.Refund, 'id' | 'status' | 'failure_reason'>): RefundStatus {
  if (status === 'succeeded') return { state: 'succeeded', ref };
  if (status === 'failed' || status === 'canceled') return { state: 'failed', ref, reason: reason ?? status };
  return { state: 'pending', ref };
}

/** A session in setup mode, whose intent and method have been expanded. */
export function setupStatus(session: Stripe.Checkout.Session): SaveMethodStatus {
  const { id: ref, setup_intent: intent, customer } = session;
  if (session.status === 'expired') return { state: 'expired', ref };
  const method = intent !== null && typeof intent === 'object' ? intent.payment_method : null;
  const customerRef = idOf(customer);
  if (session.status !== 'complete' || method === null || typeof method !== 'object' || !customerRef) {
    return { state: 'open', ref, url: session.url };
  }
  return { state: 'saved', ref, ...storedMethod(method, customerRef) };
}

export function storedMethod({ id, card }: Stripe.PaymentMethod, customerRef: string): StoredMethod {
  const { brand = 'card', last4 = '', exp_month: expMonth = null, exp_year: expYear = null } = card ?? {};
  return { methodRef: id, customerRef, brand, last4, expMonth, expYear };
}

/** The bank's no to a charge without the customer, which Stripe words as an error that carries the intent. */
export function afterDecline(error: unknown): PaymentStatus | null {
  const { statusCode, code, decline_code: why, payment_intent: intent } = error as Partial<Stripe.errors.StripeError>;
  if (statusCode !== 402 || !intent) return null;
  return { state: 'failed', ref: intent.id, reason: declineReason(code, why) };
}

/** What an error says about the call: refused for good, or nobody knows. */
export function afterFailure(error: unknown): Rejected | Unknown {
  const { statusCode, type, code, message } = error as Partial<Stripe.errors.StripeError>;
  const reason = code ?? type ?? message ?? 'unknown';
  // A used idempotency key says that the first request may have worked; 401 and 403 are about our keys, not about this payment.
  const final = (statusCode === 400 || statusCode === 402 || statusCode === 404) && type !== 'StripeIdempotencyError';
  // Without a type it is no answer of Stripe's, whatever its status.
  return { outcome: final && type !== undefined ? 'rejected' : 'unknown', reason };
}

/** What the call answers, in our words, or what its failure says. */
export async function known<Resource, Status>(
  read: (resource: Resource) => Status,
  call: () => Promise<Resource>,
): Promise<Answer<Status>> {
  try {
    return { outcome: 'accepted', status: read(await call()) };
  } catch (error) {
    return afterFailure(error);
  }
}

export function idOf(reference: string | { readonly id: string } | null | undefined): string | null {
  return typeof reference === 'string' ? reference : (reference?.id ?? null);
}

function declineReason(code: string | undefined, declineCode: string | undefined): string {
  if (code === 'authentication_required' || declineCode === 'authentication_required') return needsCustomer;
  return declineCode ?? code ?? 'payment_failed';
}

function hasFailed(intent: Session['payment_intent']): boolean {
  return intent !== null && typeof intent === 'object' && intent.status === 'requires_payment_method';
}
