import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { recordBalance } from './balance.js';
import type { Params } from './params.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';
import { idOf } from './id-of.js';

/** `POST /v1/refunds`: all or part of a charge, never more than is left of it. */
export function createRefund(account: StripeAccount, params: Params): Stripe.Refund {
  const charge = chargeToRefund(account, params);
  const left = charge.amount_captured - charge.amount_refunded;
  if (left === 0) {
    throw StripeRefusal.invalid(`Charge ${charge.id} has already been refunded.`, undefined, 'charge_already_refunded');
  }
  const amount = params.integer('amount') ?? left;
  if (amount < 1) throw StripeRefusal.invalid('Invalid positive integer', 'amount', 'parameter_invalid_integer');
  if (amount > left) {
    throw StripeRefusal.invalid(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left}).`,
      'amount',
      'amount_too_large',
    );
  }
  const pending = account.instruments.get(charge.id)?.refund === 'later';
  const refund = newRefund(charge, amount, pending ? 'pending' : 'succeeded', params);
  refund.balance_transaction = recordBalance(account, refund.id, 'refund', -amount, charge.currency);
  account.refunds.set(refund.id, refund);
  charge.amount_refunded += amount;
  charge.refunded = charge.amount_refunded === charge.amount_captured;
  account.emit('refund.created', refund);
  account.emit('charge.refunded', charge);
  if (!pending) account.emit('refund.updated', refund);
  return refund;
}

/** What becomes of the refund after a while, for the test cards whose refunds take time; whether something did. */
export function settleRefund(account: StripeAccount, refund: Stripe.Refund): boolean {
  const charge = account.charges.get(idOf(refund.charge));
  const fate = charge && account.instruments.get(charge.id)?.refund;
  if (fate === 'later' && refund.status === 'pending') {
    refund.status = 'succeeded';
  } else if (charge && fate === 'fails_later' && refund.status === 'succeeded') {
    refund.status = 'failed';
    refund.failure_reason = 'unknown';
    refund.failure_balance_transaction = recordBalance(
      account,
      refund.id,
      'refund_failure',
      refund.amount,
      refund.currency,
    );
    charge.amount_refunded -= refund.amount;
    charge.refunded = false;
  } else {
    return false;
  }
  account.emit('refund.updated', refund);
  if (refund.status === 'failed') account.emit('refund.failed', refund);
  return true;
}

function chargeToRefund(account: StripeAccount, params: Params): Stripe.Charge {
  const intentId = params.text('payment_intent');
  const chargeId = params.text('charge');
  if (!intentId && !chargeId) {
    throw StripeRefusal.invalid('One of the following params should be provided: payment_intent or charge.');
  }
  if (chargeId) return paid(account.charge(chargeId, 'charge'), chargeId);
  const intent = account.paymentIntent(intentId ?? '', 'payment_intent');
  if (intent.status !== 'succeeded') {
    throw StripeRefusal.invalid(
      `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
      'payment_intent',
      'payment_intent_unexpected_state',
    );
  }
  return account.charge(idOf(intent.latest_charge));
}

function paid(charge: Stripe.Charge, id: string): Stripe.Charge {
  if (!charge.paid) throw StripeRefusal.invalid(`Charge ${id} failed and cannot be refunded.`, 'charge');
  return charge;
}

function newRefund(charge: Stripe.Charge, amount: number, status: string, params: Params): Stripe.Refund {
  const type = charge.payment_method_details?.type ?? 'card';
  return {
    id: token('re_'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: now(),
    currency: charge.currency,
    customer: charge.customer,
    customer_account: null,
    destination_details: type === 'card' ? { type, card: { type: 'refund', reference_status: 'pending' } } : { type },
    metadata: params.metadata(),
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: params.choice('reason', ['duplicate', 'fraudulent', 'requested_by_customer']) ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status,
    transfer_reversal: null,
  };
}
