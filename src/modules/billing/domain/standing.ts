import type { SubscriptionState } from '../ports/subscription.js';

/** How a school stands with the platform: what it may still do follows from it. */
export const standings = ['good', 'past_due', 'restricted', 'read_only'] as const;
export type Standing = (typeof standings)[number];

/** What is known of a school's subscription, as far as its standing goes. */
export interface StandingFacts {
  readonly state: SubscriptionState;
  /** It has left its card; false while it tries things out without one. */
  readonly atGateway: boolean;
  /** Until then nothing is owed. */
  readonly trialEndsAt: Date | null;
  /** Since when the gateway waits for money, or the subscription has ended; null: it does not. */
  readonly unpaidSince: Date | null;
  /** The platform lets it go on without paying. */
  readonly exempt: boolean;
}

/** How many days after the money was due each step comes. */
export interface Patience {
  readonly restrictedAfterDays: number;
  readonly readOnlyAfterDays: number;
}

/** When each step comes, or came, while nothing is paid. */
export interface Steps {
  readonly unpaidSince: Date;
  readonly restrictedFrom: Date;
  readonly readOnlyFrom: Date;
}

const day = 86_400_000;
const after = (since: Date, days: number) => new Date(since.getTime() + days * day);

/** The steps a school is on its way through; null while nothing is owed by then. */
export function stepsOf(facts: StandingFacts, patience: Patience, now: Date): Steps | null {
  const unpaidSince = facts.exempt ? null : owingSince(facts, now);
  if (!unpaidSince) return null;
  const { restrictedAfterDays, readOnlyAfterDays } = patience;
  return {
    unpaidSince,
    restrictedFrom: after(unpaidSince, restrictedAfterDays),
    readOnlyFrom: after(unpaidSince, Math.max(restrictedAfterDays, readOnlyAfterDays)),
  };
}

/** Derived each time and kept nowhere, so that paying gives everything back at once. */
export function standingOf(facts: StandingFacts, patience: Patience, now: Date): Standing {
  const steps = stepsOf(facts, patience, now);
  if (!steps) return 'good';
  if (now >= steps.readOnlyFrom) return 'read_only';
  return now >= steps.restrictedFrom ? 'restricted' : 'past_due';
}

function owingSince({ state, atGateway, unpaidSince, trialEndsAt }: StandingFacts, now: Date): Date | null {
  // Once it has a card, the gateway says when it did not get its money.
  if (state === 'active' || (state === 'trialing' && atGateway)) return null;
  if (state === 'past_due' || state === 'unpaid') return unpaidSince;
  // One that ended while it was tried out owes nothing before the trial is over.
  const since = state === 'canceled' ? later(unpaidSince, trialEndsAt) : trialEndsAt;
  return since && since <= now ? since : null;
}

function later(one: Date | null, other: Date | null): Date | null {
  return one && other && other > one ? other : one;
}
