import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../platform/config/app.config.js';
import { inTransaction, Transaction } from '../../../platform/database/transaction.js';
import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { Answer } from '../../finance/index.js';
import { Scheduling } from '../../schools/index.js';
import { BillingPlan } from '../domain/plan.js';
import { SubscriptionStep } from '../domain/subscription-step.js';
import { Subscription } from '../domain/subscription.js';
import {
  SubscriptionGateway,
  type SubscriptionIntent,
  type SubscriptionStatus,
} from '../ports/subscription-gateway.js';
import { RecordSubscription } from './record-subscription.js';

export type Asked = { readonly outcome: 'accepted'; readonly url: string | null } | Rejected | Unknown;

const hour = 3_600_000;
/** The gateway takes no trial that ends sooner after the page was opened: a school that has less left gets that. */
const leastTrialMs = 50 * hour;

/** Asks the gateway for a committed step and notes the answer. May be repeated: the step's id makes it one. */
@Injectable()
export class AskStep {
  constructor(
    readonly em: EntityManager,
    private readonly app: AppConfig,
    private readonly clock: Clock,
    private readonly gateway: SubscriptionGateway,
    private readonly scheduling: Scheduling,
    private readonly record: RecordSubscription,
  ) {}

  async execute(stepId: Id): Promise<Asked> {
    const step = await inTransaction(this.em, () => this.em.findOneOrFail(SubscriptionStep, { id: stepId }));
    if (!step.isOpen) return { outcome: 'accepted', url: null };
    try {
      return await this.ask(step);
    } catch (error) {
      // It keeps no other school's from its turn.
      await this.note(step.id, (open) => open.askLater(this.clock.now()));
      throw error;
    }
  }

  private ask(step: SubscriptionStep): Promise<Asked> {
    if (step.kind !== 'checkout') return this.change(step);
    return step.checkoutRef ? this.look(step, step.checkoutRef) : this.open(step);
  }

  private async open(step: SubscriptionStep): Promise<Asked> {
    const intent = await inTransaction(this.em, () => this.intent(step));
    const answer = await this.gateway.openCheckout(intent);
    await this.note(step.id, (open) => {
      if (answer.outcome === 'accepted') open.wait(answer, this.clock.now());
      else this.fail(open, answer);
    });
    return answer;
  }

  /** Has the school come back from the page? */
  private async look(step: SubscriptionStep, ref: string): Promise<Asked> {
    const answer = await this.gateway.fetchCheckout(ref);
    if (answer.outcome === 'accepted' && answer.status.state === 'complete') {
      await this.record.told(step.provider, answer.status.subscription.ref);
      await this.note(step.id, (open) => open.end('done'));
      return { outcome: 'accepted', url: null };
    }
    const isExpired = answer.outcome === 'accepted' && answer.status.state === 'expired';
    await this.note(step.id, (open) => (isExpired ? open.end('failed', 'expired') : open.askLater(this.clock.now())));
    if (answer.outcome !== 'accepted') return answer;
    return { outcome: 'accepted', url: isExpired ? null : (step.url ?? null) };
  }

  private async change(step: SubscriptionStep): Promise<Asked> {
    const ref = step.subscriptionRef!;
    const plan = await inTransaction(this.em, () => this.em.findOneOrFail(BillingPlan, { id: step.planId }));
    const answer = await this.askChange(step, ref, plan);
    if (answer.outcome === 'accepted') await this.record.told(step.provider, ref);
    await this.note(step.id, (open) => {
      if (answer.outcome === 'accepted') open.end('done');
      else this.fail(open, answer);
    });
    return answer.outcome === 'accepted' ? { outcome: 'accepted', url: null } : answer;
  }

  private askChange(
    { id: changeId, kind, seats }: SubscriptionStep,
    ref: string,
    plan: BillingPlan,
  ): Promise<Answer<SubscriptionStatus>> {
    if (kind === 'cancel') return this.gateway.cancel({ ref, changeId, atPeriodEnd: true });
    if (kind === 'resume') return this.gateway.resume({ ref, changeId });
    return this.gateway.change({ ref, changeId, plan: plan.atGateway, seats });
  }

  private fail(step: SubscriptionStep, { outcome, reason }: Rejected | Unknown): void {
    if (outcome === 'rejected') step.end('failed', reason);
    else step.askLater(this.clock.now());
  }

  @Transaction()
  async note(stepId: Id, write: (step: SubscriptionStep) => void): Promise<void> {
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    write(await this.em.findOneOrFail(SubscriptionStep, { id: stepId }, { lockMode, refresh: true }));
  }

  private async intent(step: SubscriptionStep): Promise<SubscriptionIntent> {
    const subscription = await this.em.findOneOrFail(Subscription, { schoolId: step.schoolId });
    const plan = await this.em.findOneOrFail(BillingPlan, { id: step.planId });
    const { name, email, locale } = await this.scheduling.school();
    const page = (at: string) => new URL(`/subscription/${at}?lang=${locale}`, this.app.publicUrl).href;
    return {
      subscriptionId: step.id,
      schoolId: step.schoolId,
      customerRef: subscription.customerRef ?? null,
      customer: { name, email },
      plan: plan.atGateway,
      seats: step.seats,
      trialEndsAt: trialOf(subscription, step.createdAt),
      locale,
      successUrl: page('done'),
      cancelUrl: page('cancelled'),
    };
  }
}

/** What is left of the trial, when the page was opened; null when nothing is. */
function trialOf({ trialEndsAt }: Subscription, openedAt: Date): Date | null {
  if (!trialEndsAt || trialEndsAt <= openedAt) return null;
  return new Date(Math.max(trialEndsAt.getTime(), openedAt.getTime() + leastTrialMs));
}
