import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { recordBalance } from './balance.js';
import type { SandboxDispute } from './dispute-record.js';
import { idOf } from './id-of.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';

const DISPUTE_FEE = 11_000;

/** The customer tells his bank that it was not he: the money and a fee go at once. */
export function openDispute(account: StripeAccount, charge: Stripe.Charge): SandboxDispute {
  const dispute: SandboxDispute = {
    id: token('dp_'),
    object: 'dispute',
    amount: charge.amount,
    balance_transactions: [],
    charge: charge.id,
    created: now(),
    currency: charge.currency,
    livemode: false,
    metadata: {},
    payment_intent: idOf(charge.payment_intent),
    reason: 'fraudulent',
    status: 'needs_response',
  };
  charge.disputed = true;
  account.disputes.set(dispute.id, dispute);
  move(account, dispute, 'dispute', -dispute.amount, DISPUTE_FEE);
  account.emit('charge.dispute.created', dispute);
  account.emit('charge.dispute.funds_withdrawn', dispute);
  return dispute;
}

/** The bank decides: for the school, which has its money and the fee again, or for the customer. */
export function closeDispute(account: StripeAccount, dispute: SandboxDispute, status: 'won' | 'lost'): void {
  if (dispute.status !== 'needs_response') return;
  dispute.status = status;
  if (status === 'won') {
    move(account, dispute, 'dispute_reversal', dispute.amount, -DISPUTE_FEE);
    account.emit('charge.dispute.funds_reinstated', dispute);
  }
  account.emit('charge.dispute.closed', dispute);
}

function move(
  account: StripeAccount,
  dispute: SandboxDispute,
  category: 'dispute' | 'dispute_reversal',
  amount: number,
  fee: number,
): void {
  const id = recordBalance(account, dispute.id, 'adjustment', amount, dispute.currency, fee, category);
  dispute.balance_transactions.push(account.balanceTransactions.get(id)!);
}
