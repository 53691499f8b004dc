import type { Stripe } from 'stripe';
import { token } from '../http/tokens.js';
import { now } from './now.js';
import type { StripeAccount } from './stripe-account.js';

/** A line of the account's balance; the identifier. `amount` is negative for money going out. */
export function recordBalance(
  account: StripeAccount,
  source: string,
  type: 'charge' | 'refund' | 'refund_failure' | 'adjustment' | 'payout' | 'payout_failure',
  amount: number,
  currency: string,
  fee = 0,
  category: string = type,
): string {
  const created = now();
  const entry: Stripe.BalanceTransaction = {
    id: token('txn_'),
    object: 'balance_transaction',
    amount,
    available_on: created + 3 * 86_400,
    balance_type: 'payments',
    created,
    currency,
    description: null,
    exchange_rate: null,
    fee,
    fee_details:
      fee === 0
        ? []
        : [{ amount: fee, application: null, currency, description: 'Stripe processing fees', type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: category,
    source,
    status: 'pending',
    type,
  };
  account.balanceTransactions.set(entry.id, entry);
  return entry.id;
}
