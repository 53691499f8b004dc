import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { BillingPlan } from '../domain/plan.js';
import { Subscription } from '../domain/subscription.js';
import { BillingTerms } from '../queries/billing-terms.js';
import { SeatsInUse } from '../queries/seats-in-use.js';

/** Lets the current school try things out without a card, once, where schools are billed. */
@Injectable()
export class OpenTrial {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly terms: BillingTerms,
    private readonly seats: SeatsInUse,
  ) {}

  /** A duplicate key `subscriptions_one` says that somebody opens it at this moment. */
  @Transaction()
  async execute(): Promise<void> {
    const schoolId = currentSchool();
    const { sellerId, planId } = await this.terms.read();
    if (!sellerId || !planId || sellerId === schoolId) return;
    if (await this.em.findOne(Subscription, { schoolId })) return;
    const plan = await this.em.findOneOrFail(BillingPlan, { id: planId });
    const seats = plan.seatsFor(await this.seats.count());
    this.em.persist(Subscription.try(schoolId, plan, seats, this.clock.now()));
  }
}
