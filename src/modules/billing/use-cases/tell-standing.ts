import { Injectable } from '@nestjs/common';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import {
  SchoolReadOnly,
  SchoolRestored,
  SchoolRestricted,
  SubscriptionPastDue,
  TrialEnding,
} from '../domain/billing-events.js';
import { standingOf } from '../domain/standing.js';
import type { Subscription } from '../domain/subscription.js';
import { BillingTerms } from '../queries/billing-terms.js';

const news = {
  good: SchoolRestored,
  past_due: SubscriptionPastDue,
  restricted: SchoolRestricted,
  read_only: SchoolReadOnly,
} as const;

const day = 86_400_000;
/** With so many days left the owners hear that the trial ends. */
const trialNotices = [1, 7] as const;

/** Tells the owners how their school stands, when that is something else than they were told last. */
@Injectable()
export class TellStanding {
  constructor(
    private readonly terms: BillingTerms,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Of a subscription whose row the caller has locked. */
  async execute(subscription: Subscription): Promise<void> {
    assertTransaction('what owners are told');
    const terms = await this.terms.read();
    if (!terms.sellerId || terms.sellerId === subscription.schoolId) return;
    const payload = { subscriptionId: subscription.id };
    const standing = standingOf(subscription.facts, terms, this.clock.now());
    if (standing !== subscription.toldStanding) {
      subscription.toldStanding = standing;
      await this.outbox.record(new news[standing](payload));
    }
    const notice = this.trialNotice(subscription);
    if (notice === null || (subscription.toldTrialDays ?? Infinity) <= notice) return;
    subscription.toldTrialDays = notice;
    await this.outbox.record(new TrialEnding(payload));
  }

  private trialNotice({ facts }: Subscription): number | null {
    const left = (facts.trialEndsAt?.getTime() ?? 0) - this.clock.now().getTime();
    if (facts.atGateway || facts.exempt || facts.state !== 'trialing' || left <= 0) return null;
    return trialNotices.find((days) => left <= days * day) ?? null;
  }
}
