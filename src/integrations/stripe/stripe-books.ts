import type Stripe from 'stripe';
import type { DisputeNews, Movement, MovementKind } from '../../modules/finance/index.js';
import { isId, type Id } from '../../platform/values/id.js';
import { Money } from '../../platform/values/money.js';
import { idOf } from './stripe-answers.js';

const kinds: Readonly<Record<string, MovementKind>> = {
  charge: 'payment',
  payment: 'payment',
  refund: 'refund',
  payment_refund: 'refund',
  refund_failure: 'refund_failure',
  dispute: 'dispute',
  dispute_reversal: 'dispute_reversal',
  payout: 'payout',
  payout_cancel: 'payout_failure',
  payout_failure: 'payout_failure',
  stripe_fee: 'fee',
  application_fee: 'fee',
};

/** A line of Stripe's balance in our words; its source has been expanded where Stripe can. */
export function movementOf(line: Stripe.BalanceTransaction): Movement {
  const currency = line.currency.toUpperCase();
  const kind = kinds[line.type] ?? kinds[line.reporting_category] ?? 'other';
  return {
    ref: line.id,
    kind,
    amount: Money.of(line.amount, currency),
    fee: Money.of(line.fee, currency),
    at: new Date(line.created * 1_000),
    ...namesOf(line.source),
  };
}

type Names = Pick<Movement, 'chargeRef' | 'sourceRef' | 'schoolId' | 'paymentId' | 'refundId'>;

function namesOf(source: Stripe.BalanceTransaction['source']): Names {
  const nobody = { chargeRef: null, schoolId: null, paymentId: null, refundId: null };
  if (source === null || typeof source === 'string') return { ...nobody, sourceRef: source };
  const { id, payment_intent: intent, metadata } = source as Stripe.Charge | Stripe.Refund;
  const ours = (name: string): Id | null => {
    const value = metadata?.[name];
    return isId(value) ? value : null;
  };
  return {
    sourceRef: id,
    chargeRef: idOf(intent),
    schoolId: ours('school_id'),
    paymentId: ours('payment_id'),
    refundId: ours('refund_id'),
  };
}

/** What Stripe tells about a dispute; null while it is a warning that takes no money. */
export function disputeNews(
  dispute: Pick<Stripe.Dispute, 'id' | 'payment_intent' | 'charge' | 'status' | 'amount' | 'currency' | 'reason'>,
  account: string | null,
): DisputeNews | null {
  const { id: ref, status, amount, currency, reason } = dispute;
  const chargeRef = idOf(dispute.payment_intent) ?? idOf(dispute.charge);
  if (!chargeRef || status.startsWith('warning_')) return null;
  const state = status === 'won' ? 'won' : status === 'lost' ? 'lost' : 'opened';
  return { ref, chargeRef, account, state, amount: Money.of(amount, currency.toUpperCase()), reason };
}
