import type { SubscriptionState } from '../ports/subscription.js';

export const subscriptionStates = [
  'incomplete',
  'trialing',
  'active',
  'past_due',
  'unpaid',
  'canceled',
] as const satisfies readonly SubscriptionState[];

// The gateway decides; what cannot follow is an answer that has come too late.
const moves: Record<SubscriptionState, readonly SubscriptionState[]> = {
  incomplete: ['trialing', 'active', 'past_due', 'unpaid', 'canceled'],
  trialing: ['incomplete', 'active', 'past_due', 'unpaid', 'canceled'],
  active: ['trialing', 'past_due', 'unpaid', 'canceled'],
  past_due: ['active', 'trialing', 'unpaid', 'canceled'],
  unpaid: ['active', 'past_due', 'canceled'],
  canceled: [],
};

export function subscriptionMayBecome(from: SubscriptionState, to: SubscriptionState): boolean {
  return from === to || moves[from].includes(to);
}

/** States in which the gateway has not got what it asked for. */
export function isUnpaid(state: SubscriptionState): boolean {
  return state === 'past_due' || state === 'unpaid' || state === 'canceled';
}

export const billStates = ['open', 'paid', 'uncollectible', 'void'] as const;
export type BillState = (typeof billStates)[number];

// Paid and void are for ever; one that was given up may still be paid.
const billMoves: Record<BillState, readonly BillState[]> = {
  open: ['paid', 'uncollectible', 'void'],
  uncollectible: ['paid', 'void'],
  paid: [],
  void: [],
};

export function billMayBecome(from: BillState, to: BillState): boolean {
  return billMoves[from].includes(to);
}
