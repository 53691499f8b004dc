import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { inSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { GatewayUnclear } from '../../finance/index.js';
import type { BillingTables } from '../billing.tables.js';
import { BillingPlan } from '../domain/plan.js';
import { SubscriptionStep } from '../domain/subscription-step.js';
import type { Subscription } from '../domain/subscription.js';
import { SubscriptionGateway, type SubscriptionStatus } from '../ports/subscription-gateway.js';
import { Subscribers } from '../queries/subscribers.js';
import { lockedSubscription } from './locked-subscription.js';
import { TellStanding } from './tell-standing.js';

const rounds = 10;

type Written = 'seen' | 'overtaken' | 'second';

/**
 * Looks how a subscription stands at the gateway, and writes it down. What was seen before somebody else wrote is looked at
 * anew, so that older news never follow newer ones, whatever order messages and answers come in.
 */
@Injectable()
export class RecordSubscription {
  private readonly logger = new Logger(RecordSubscription.name);

  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly gateway: SubscriptionGateway,
    private readonly subscribers: Subscribers,
    private readonly tellStanding: TellStanding,
    private readonly audit: Audit,
  ) {}

  /** The gateway has said that something is new there. @returns false when it is none of ours @throws GatewayUnclear */
  async told(provider: string, ref: string): Promise<boolean> {
    if (provider !== this.gateway.provider) return false;
    const schoolId = (await this.subscribers.of(provider, ref)) ?? (await this.ofCheckout(ref));
    if (!schoolId) return false;
    return inSchool(schoolId, () => this.look(ref));
  }

  /** Of the current school. @throws GatewayUnclear */
  private async look(ref: string): Promise<boolean> {
    for (let round = 0; round < rounds; round++) {
      const looks = await this.looks();
      const status = await this.fetch(ref);
      if (!status) return false;
      const written = await this.write(status, looks);
      if (written === 'second') await this.endSecond(status);
      if (written !== 'overtaken') return true;
    }
    throw new GatewayUnclear();
  }

  /** @param looks how many had been written down before the gateway was asked */
  @Transaction()
  async write(status: SubscriptionStatus, looks: number | null): Promise<Written> {
    const subscription = await lockedSubscription(this.em);
    if (subscription.looks !== looks) return 'overtaken';
    if (!subscription.mayFollow(status)) return 'second';
    const before = subscription.state;
    if (!subscription.see(this.gateway.provider, status, this.clock.now())) {
      this.logger.error({ ref: status.ref, from: before, to: status.state }, 'a subscription cannot become that');
      return 'seen';
    }
    await this.takeOver(subscription, status);
    await this.tellStanding.execute(subscription);
    const details = { state: status.state, before, seats: subscription.seats };
    if (before !== status.state)
      await this.audit.record({ action: 'subscription.changed', subjectId: subscription.id, details });
    return 'seen';
  }

  /** Its plan, and the checkout that it came of. */
  private async takeOver(
    subscription: Subscription,
    { planCode, subscriptionId, ref }: SubscriptionStatus,
  ): Promise<void> {
    const plan = planCode ? await this.plan(planCode) : null;
    if (plan) subscription.planId = plan.id;
    const step = subscriptionId ? await this.em.findOne(SubscriptionStep, { id: subscriptionId }) : null;
    if (step?.kind !== 'checkout') return;
    step.subscriptionRef ??= ref;
    step.end('done');
  }

  private plan(atGateway: string): Promise<BillingPlan | null> {
    const dot = atGateway.lastIndexOf('.');
    return this.em.findOne(BillingPlan, {
      code: atGateway.slice(0, dot),
      version: Number(atGateway.slice(dot + 1)) || 0,
    });
  }

  /** The school went through two checkouts: it pays for one. */
  private async endSecond({ ref, subscriptionId }: SubscriptionStatus): Promise<void> {
    this.logger.error({ ref }, 'a school has subscribed twice: the second one is cancelled');
    if (!subscriptionId) return;
    const answer = await this.gateway.cancel({ ref, changeId: subscriptionId, atPeriodEnd: false });
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
  }

  private async looks(): Promise<number | null> {
    const row = await schoolQuery<BillingTables>(this.em)
      .selectFrom('subscriptions')
      .select('looks')
      .executeTakeFirst();
    return row?.looks ?? null;
  }

  private async ofCheckout(ref: string): Promise<Id | null> {
    const status = await this.fetch(ref);
    return status?.subscriptionId ? this.subscribers.ofCheckout(status.subscriptionId) : null;
  }

  private async fetch(ref: string): Promise<SubscriptionStatus | null> {
    const answer = await this.gateway.fetch(ref);
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return answer.outcome === 'accepted' ? answer.status : null;
  }
}
