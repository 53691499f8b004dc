import type { DisputeNews, DisputeState } from '../../modules/finance/index.js';
import { moneyOf, type PaypalAmount } from './paypal-answers.js';

/** A dispute as its webhooks show it. */
export interface PaypalDispute {
  readonly dispute_id: string;
  readonly disputed_transactions?: readonly { readonly seller_transaction_id?: string }[];
  readonly reason?: string;
  readonly status: string;
  readonly dispute_amount: PaypalAmount;
  readonly dispute_outcome?: { readonly outcome_code?: string };
}

/** Where the seller keeps, or gets back, what PayPal had put on hold. */
const kept = ['RESOLVED_SELLER_FAVOUR', 'RESOLVED_WITH_PAYOUT', 'CANCELED_BY_BUYER', 'DENIED', 'NONE'];

/** PayPal holds the money from the first word on. Null for one that names no capture: the seller's transaction is the capture. */
export function disputeNews(dispute: PaypalDispute): DisputeNews | null {
  const { dispute_id: ref, disputed_transactions: [disputed] = [], dispute_amount: amount, reason } = dispute;
  const chargeRef = disputed?.seller_transaction_id;
  if (!chargeRef) return null;
  const about = { ref, chargeRef, account: null, amount: moneyOf(amount), reason: (reason ?? 'unknown').toLowerCase() };
  return { ...about, state: stateOf(dispute) };
}

function stateOf({ status, dispute_outcome: outcome }: PaypalDispute): DisputeState {
  if (status !== 'RESOLVED') return 'opened';
  return kept.includes(outcome?.outcome_code ?? '') ? 'won' : 'lost';
}
