import type Stripe from 'stripe';
import { Money } from '../../platform/values/money.js';
import type { CheckoutStatus, RefundStatus } from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';

type Session = Pick<
  Stripe.Checkout.Session,
  'id' | 'status' | 'payment_status' | 'amount_total' | 'currency' | 'payment_intent' | 'url'
>;

/** A checkout session in our words. */
export function checkoutStatus(session: Session): CheckoutStatus {
  const { id: ref, payment_status: paid, amount_total: total, currency } = session;
  if (paid === 'paid' && total !== null && currency) {
    return { state: 'paid', ref, chargeRef: intentId(session), received: Money.of(total, currency.toUpperCase()) };
  }
  if (session.status === 'expired') return { state: 'expired', ref, reason: null };
  if (session.status === 'complete' && hasFailed(session.payment_intent))
    return { state: 'failed', ref, reason: 'payment_failed' };
  return { state: 'open', ref, url: session.url };
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

/** What an error says about the call: refused for good, or nobody knows. */
export function afterFailure(error: unknown): Rejected | Unknown {
  const { statusCode, type, code, message } = error as Partial<Stripe.errors.StripeError>;
  const reason = code ?? type ?? message ?? 'unknown';
  // A used idempotency key says that the first request may have worked; 401 and 403 are about our keys, not about this payment.
  const final = (statusCode === 400 || statusCode === 402 || statusCode === 404) && type !== 'StripeIdempotencyError';
  // Without a type it is no answer of Stripe's, whatever its status.
  return { outcome: final && type !== undefined ? 'rejected' : 'unknown', reason };
}

function intentId({ payment_intent: intent }: Session): string | null {
  return typeof intent === 'string' ? intent : (intent?.id ?? null);
}

function hasFailed(intent: Session['payment_intent']): boolean {
  return (
    intent !== null && typeof intent === 'object' && ['requires_payment_method', 'canceled'].includes(intent.status)
  );
}
