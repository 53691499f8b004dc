import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, schoolScoped, text } from '../../../platform/database/columns.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { SubscriptionState, SubscriptionStatus } from '../ports/subscription.js';
import type { Standing, StandingFacts } from './standing.js';
import { isUnpaid, subscriptionMayBecome } from './subscription-state.js';

const reference = () => text(255).collation('ascii_bin').nullable();

export const SubscriptionSchema = defineEntity({
  name: 'Subscription',
  tableName: 'subscriptions',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    planId: id(),
    state: code<SubscriptionState>(),
    /** Paid for; while nothing is paid: what would be. */
    seats: int(),
    /** Null while the school tries things out without a card. */
    provider: text(40).nullable(),
    providerRef: reference(),
    customerRef: reference(),
    trialEndsAt: instant().nullable(),
    currentPeriodEnd: instant().nullable(),
    cancelsAt: instant().nullable(),
    unpaidSince: instant().nullable(),
    exemptReason: text(500).nullable(),
    /** Counted up with each look at the gateway that was written down, so that an older one never follows a newer one. */
    looks: int(),
    lookedAt: instant().nullable(),
    /** The last standing that the owners were told of. */
    toldStanding: code<Standing>(),
    /** With how many days left they were last told that the trial ends. */
    toldTrialDays: int().nullable(),
    createdAt: instant(),
  },
  uniques: [
    { name: 'subscriptions_school_id', properties: ['schoolId', 'id'] },
    { name: 'subscriptions_one', properties: ['schoolId'] },
    { name: 'subscriptions_ref', properties: ['provider', 'providerRef'] },
  ],
  indexes: [
    { name: 'subscriptions_state', properties: ['state', 'id'] },
    { name: 'subscriptions_plan', properties: ['planId'] },
  ],
});

/** What one school subscribes to, and how that stands. A school has one for as long as it is there. */
export class Subscription extends SubscriptionSchema.class {
  /** Without a card, until the trial ends. */
  static try(
    schoolId: Id,
    plan: { readonly id: Id; readonly trialDays: number },
    seats: number,
    at: Date,
  ): Subscription {
    return Object.assign(new Subscription(), {
      id: newId(),
      schoolId,
      planId: plan.id,
      state: 'trialing' as const,
      seats,
      provider: null,
      providerRef: null,
      customerRef: null,
      trialEndsAt: new Date(at.getTime() + plan.trialDays * 86_400_000),
      currentPeriodEnd: null,
      cancelsAt: null,
      unpaidSince: null,
      exemptReason: null,
      looks: 0,
      lookedAt: null,
      toldStanding: 'good' as const,
      toldTrialDays: null,
      createdAt: at,
    });
  }

  get facts(): StandingFacts {
    const { state, providerRef, trialEndsAt, unpaidSince, exemptReason } = this;
    return {
      state,
      atGateway: Boolean(providerRef),
      trialEndsAt: trialEndsAt ?? null,
      unpaidSince: unpaidSince ?? null,
      exempt: Boolean(exemptReason),
    };
  }

  /** The gateway asks for money for it, or will. */
  get isLive(): boolean {
    return Boolean(this.providerRef) && this.state !== 'canceled';
  }

  /** It is another one at the gateway than this was about; only one that has ended is followed by another. */
  mayFollow({ ref }: Pick<SubscriptionStatus, 'ref'>): boolean {
    return this.providerRef === ref || !this.isLive;
  }

  /** Writes down how it stands at the gateway. @returns false when that cannot follow what was written before */
  see(provider: string, status: SubscriptionStatus, at: Date): boolean {
    const isAnother = this.providerRef !== status.ref;
    if (!isAnother && !subscriptionMayBecome(this.state, status.state)) return false;
    const { ref: providerRef, customerRef, state, currentPeriodEnd, cancelsAt } = status;
    const seats = status.seats > 0 ? status.seats : this.seats;
    const unpaidSince = isUnpaid(state) ? (this.unpaidSince ?? at) : null;
    Object.assign(this, { provider, providerRef, customerRef, state, currentPeriodEnd, cancelsAt, seats, unpaidSince });
    if (status.trialEndsAt) this.trialEndsAt = status.trialEndsAt;
    this.looks += 1;
    this.lookedAt = at;
    return true;
  }
}
SubscriptionSchema.setClass(Subscription);
