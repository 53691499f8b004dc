import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { TrialOver } from '../domain/billing-problems.js';
import type { Subscription } from '../domain/subscription.js';
import { lockedSubscription } from './locked-subscription.js';
import { TellStanding } from './tell-standing.js';

/** What the platform grants a school beside what it pays for. */
@Injectable()
export class GrantLeniency {
  constructor(
    readonly em: EntityManager,
    private readonly tellStanding: TellStanding,
    private readonly audit: Audit,
  ) {}

  /** Also one that is over, while there is no card. @throws SubscriptionNotFound, TrialOver */
  @Transaction()
  async setTrial(endsAt: Date, reason: string): Promise<void> {
    const subscription = await lockedSubscription(this.em);
    if (subscription.providerRef) throw new TrialOver();
    subscription.trialEndsAt = endsAt;
    subscription.toldTrialDays = null;
    await this.tell(subscription, 'subscription.trial_set', { endsAt: endsAt.toISOString(), reason });
  }

  /** Nothing is owed by the school until that is taken back. What the gateway asks for it still asks for. @throws SubscriptionNotFound */
  @Transaction()
  async exempt(reason: string): Promise<void> {
    const subscription = await lockedSubscription(this.em);
    subscription.exemptReason = reason;
    await this.tell(subscription, 'subscription.exempted', { reason });
  }

  /** Does nothing where the school is not exempt. @throws SubscriptionNotFound */
  @Transaction()
  async endExemption(): Promise<void> {
    const subscription = await lockedSubscription(this.em);
    if (!subscription.exemptReason) return;
    subscription.exemptReason = null;
    await this.tell(subscription, 'subscription.exemption_ended', {});
  }

  private async tell(subscription: Subscription, action: string, details: Record<string, string>): Promise<void> {
    await this.tellStanding.execute(subscription);
    await this.em.flush();
    await this.audit.record({ action, subjectId: subscription.id, details });
  }
}
