import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { GatewayUnclear } from '../../finance/index.js';
import {
  AlreadySubscribed,
  NotSubscribed,
  PlanNotFound,
  PlanTooSmall,
  StepUnderWay,
  SubscriptionRefused,
} from '../domain/billing-problems.js';
import { BillingPlan } from '../domain/plan.js';
import { type StepKind, SubscriptionStep } from '../domain/subscription-step.js';
import type { Subscription } from '../domain/subscription.js';
import { SubscriptionGateway } from '../ports/subscription-gateway.js';
import { SeatsInUse } from '../queries/seats-in-use.js';
import { SubscriptionReader } from '../queries/subscription-reader.js';
import { AskStep } from './ask-step.js';
import { lockedSubscription } from './locked-subscription.js';

export interface SubscriptionCheckout {
  /** Where the owner leaves the school's card. */
  readonly url: string;
}

/** What the owner does with his school's subscription: each is written down before the gateway is asked. */
@Injectable()
export class Subscribe {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly gateway: SubscriptionGateway,
    private readonly seats: SeatsInUse,
    private readonly reader: SubscriptionReader,
    private readonly askStep: AskStep,
    private readonly audit: Audit,
  ) {}

  /**
   * While the page is open, asking again for the same plan answers the same address.
   * @param code of the plan; the one the school has when null
   * @throws SubscriptionNotFound, AlreadySubscribed, PlanNotFound, PlanTooSmall, StepUnderWay, SubscriptionRefused, GatewayUnclear
   */
  async checkout(code: string | null): Promise<SubscriptionCheckout> {
    for (let round = 0; round < 2; round++) {
      const asked = await this.ask(await this.once(() => this.beginCheckout(code)));
      if (asked) return { url: asked };
    }
    throw new StepUnderWay();
  }

  /** @throws SubscriptionNotFound, PlanNotFound, PlanTooSmall, StepUnderWay, SubscriptionRefused, GatewayUnclear */
  async changePlan(code: string): Promise<void> {
    const stepId = await this.once(() => this.beginChange(code));
    if (stepId) await this.ask(stepId);
  }

  /** @throws SubscriptionNotFound, NotSubscribed, StepUnderWay, SubscriptionRefused, GatewayUnclear */
  async cancel(): Promise<void> {
    await this.ask(await this.once(() => this.beginEnd('cancel')));
  }

  /** @throws SubscriptionNotFound, NotSubscribed, StepUnderWay, SubscriptionRefused, GatewayUnclear */
  async resume(): Promise<void> {
    await this.ask(await this.once(() => this.beginEnd('resume')));
  }

  /** Brings what is paid for in line with who teaches. @throws StepUnderWay, SubscriptionRefused, GatewayUnclear */
  async followSeats(): Promise<void> {
    const stepId = await this.once(() => this.beginChange(null));
    if (stepId) await this.ask(stepId);
  }

  @Transaction()
  async beginCheckout(code: string | null): Promise<Id> {
    const subscription = await lockedSubscription(this.em);
    if (subscription.isLive) throw new AlreadySubscribed();
    const plan = await this.chosen(code, subscription);
    const open = await this.em.findOne(SubscriptionStep, { openFor: subscription.schoolId });
    if (open?.kind === 'checkout' && open.planId === plan.id) return open.id;
    if (open) throw new StepUnderWay();
    return this.begin(subscription, 'checkout', plan, plan.seatsFor(await this.seats.count()));
  }

  /** @returns null when there is nothing to ask the gateway for */
  @Transaction()
  async beginChange(code: string | null): Promise<Id | null> {
    const subscription = await lockedSubscription(this.em);
    if (code !== null) await assertAsSeen(() => this.reader.get());
    const plan = await this.chosen(code, subscription);
    const seats = plan.seatsFor(await this.seats.count());
    if (plan.id === subscription.planId && seats === subscription.seats) return null;
    if (subscription.isLive) return this.begin(subscription, 'change', plan, seats);
    Object.assign(subscription, { planId: plan.id, seats });
    await this.em.flush();
    const details = { planId: plan.id, seats };
    await this.audit.record({ action: 'subscription.plan_chosen', subjectId: subscription.id, details });
    return null;
  }

  @Transaction()
  async beginEnd(kind: 'cancel' | 'resume'): Promise<Id> {
    const subscription = await lockedSubscription(this.em);
    if (!subscription.isLive) throw new NotSubscribed();
    const plan = await this.em.findOneOrFail(BillingPlan, { id: subscription.planId });
    return this.begin(subscription, kind, plan, subscription.seats);
  }

  private async begin(
    { id, schoolId, providerRef, state }: Subscription,
    kind: StepKind,
    plan: BillingPlan,
    seats: number,
  ): Promise<Id> {
    if (await this.em.findOne(SubscriptionStep, { openFor: schoolId })) throw new StepUnderWay();
    const now = this.clock.now();
    const step = Object.assign(new SubscriptionStep(), {
      id: newId(),
      schoolId,
      kind,
      planId: plan.id,
      seats,
      state: 'asked' as const,
      provider: this.gateway.provider,
      checkoutRef: null,
      url: null,
      subscriptionRef: kind === 'checkout' || state === 'canceled' ? null : (providerRef ?? null),
      failure: null,
      openFor: schoolId,
      createdAt: now,
      nextCheckAt: null,
      checks: 0,
    });
    step.askLater(now);
    await this.em.persist(step).flush();
    const details = { step: kind, planId: plan.id, seats };
    await this.audit.record({ action: 'subscription.step_asked', subjectId: id, details });
    return step.id;
  }

  /** @returns where to go on, where there is such a page */
  private async ask(stepId: Id): Promise<string | null> {
    const answer = await this.askStep.execute(stepId);
    if (answer.outcome === 'rejected') throw new SubscriptionRefused(answer.reason);
    if (answer.outcome === 'unknown') throw new GatewayUnclear();
    return answer.url;
  }

  /** Somebody else has begun something at this moment. */
  private async once<T>(begin: () => Promise<T>): Promise<T> {
    try {
      return await begin();
    } catch (error) {
      throw isDuplicateKey(error, 'subscription_steps_open_for') ? new StepUnderWay() : error;
    }
  }

  /** The present version of it; of the plan that the school has: the version that it has. */
  private async chosen(code: string | null, { planId }: Subscription): Promise<BillingPlan> {
    const wanted = code === null ? { id: planId } : { code, archived: false };
    const plan = await this.em.findOne(BillingPlan, wanted);
    if (!plan) throw new PlanNotFound();
    if (code !== null && !plan.holds(await this.seats.count())) throw new PlanTooSmall(plan.mostSeats!);
    return plan;
  }
}
