import type { Stripe } from 'stripe';

/** What the sandbox plays of a dispute. */
export type SandboxDispute = Pick<
  Stripe.Dispute,
  'id' | 'object' | 'amount' | 'charge' | 'created' | 'currency' | 'livemode' | 'metadata' | 'reason'
> & { payment_intent: string; status: 'needs_response' | 'won' | 'lost'; balance_transactions: object[] };
