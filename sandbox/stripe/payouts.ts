import { token } from '../http/tokens.js';
import { recordBalance } from './balance.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';

/** What the sandbox plays of a payout. */
export interface SandboxPayout {
  id: string;
  object: 'payout';
  amount: number;
  arrival_date: number;
  automatic: boolean;
  created: number;
  currency: string;
  livemode: false;
  status: 'paid' | 'failed';
}

/** Everything that has come in and not gone out yet goes to the bank; nothing happens when that is nothing. */
export function payOut(account: StripeAccount): SandboxPayout | undefined {
  const waiting = [...account.balanceTransactions.values()].filter(({ id }) => !account.paidOutBy.has(id));
  const amount = waiting.reduce((sum, { net }) => sum + net, 0);
  if (amount <= 0) return undefined;
  const payout: SandboxPayout = {
    id: token('po_'),
    object: 'payout',
    amount,
    arrival_date: now(),
    automatic: true,
    created: now(),
    currency: waiting[0]!.currency,
    livemode: false,
    status: 'paid',
  };
  const entry = recordBalance(account, payout.id, 'payout', -amount, payout.currency);
  for (const { id } of waiting) account.paidOutBy.set(id, payout.id);
  account.paidOutBy.set(entry, payout.id);
  account.emit('payout.paid', payout);
  return payout;
}

/** The bank sends a payout back: the money is on the account again, and goes out with the next one. */
export function failPayout(account: StripeAccount, payout: SandboxPayout): void {
  payout.status = 'failed';
  recordBalance(account, payout.id, 'payout_failure', payout.amount, payout.currency);
  account.emit('payout.failed', payout);
}
