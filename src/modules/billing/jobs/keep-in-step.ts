import { Injectable, Logger } from '@nestjs/common';
import { EntityManager } from '@mikro-orm/mysql';
import { inPages } from '../../../platform/database/in-pages.js';
import { isDuplicateKey, Transaction } from '../../../platform/database/transaction.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { eachInItsSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { StepUnderWay } from '../domain/billing-problems.js';
import { Subscribers } from '../queries/subscribers.js';
import { AskStep } from '../use-cases/ask-step.js';
import { subscriptionToChange } from '../use-cases/locked-subscription.js';
import { OpenTrial } from '../use-cases/open-trial.js';
import { Subscribe } from '../use-cases/subscribe.js';
import { TellStanding } from '../use-cases/tell-standing.js';

const atOnce = 200;
/** What the gateway has refused it would refuse in five minutes too. */
const refusedForMs = 86_400_000;

/** What comes with time: trials of new schools, seats that follow who teaches, answers that are still out, and what owners are told. */
@Injectable()
export class KeepInStep {
  private readonly logger = new Logger(KeepInStep.name);

  constructor(
    readonly em: EntityManager,
    private readonly subscribers: Subscribers,
    private readonly openTrial: OpenTrial,
    private readonly askStep: AskStep,
    private readonly subscribe: Subscribe,
    private readonly tellStanding: TellStanding,
  ) {}

  @Schedule('billing.keep-in-step', { every: { minutes: 5 } })
  async run(now: Date): Promise<void> {
    await this.each(await this.subscribers.without(atOnce), () => this.openTrial.execute());
    await this.each(await this.subscribers.dueSteps(now, atOnce), ({ id }) => this.askStep.execute(id));
    const since = new Date(now.getTime() - refusedForMs);
    await this.each(await this.subscribers.outOfStep(since, atOnce), () => this.subscribe.followSeats());
    const all = inPages(atOnce, (last?: { id: Id; schoolId: Id }) => this.subscribers.toTell(last?.id ?? null, atOnce));
    for await (const rows of all) await this.each(rows, () => this.tell());
  }

  @Transaction()
  async tell(): Promise<void> {
    const subscription = await subscriptionToChange(this.em);
    if (subscription) await this.tellStanding.execute(subscription);
  }

  private each<Row extends { readonly schoolId: Id }>(rows: readonly Row[], work: (row: Row) => Promise<unknown>) {
    return eachInItsSchool(rows, work, (error, { schoolId }) => {
      // Somebody else does it at this moment.
      if (error instanceof StepUnderWay || isDuplicateKey(error, 'subscriptions_one')) return;
      this.logger.error({ err: error, schoolId }, 'a subscription was not kept in step');
    });
  }
}
