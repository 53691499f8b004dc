import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import { AmountNotPositive } from '../../finance/index.js';
import { PlanInUse, PlanNotFound } from '../domain/billing-problems.js';
import { BillingPlan } from '../domain/plan.js';
import { PlanReader, type PlanView } from '../queries/plan-reader.js';
import { ConfigureBilling } from './configure-billing.js';

export interface PlanDetails {
  readonly code: string;
  readonly name: string;
  readonly price: Money;
  readonly vatRateBp: number;
  readonly leastSeats: number;
  readonly mostSeats: number | null;
  readonly trialDays: number;
}

/** Says what schools can subscribe to. Whoever has subscribed keeps the version he chose. */
@Injectable()
export class DefinePlan {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly billing: ConfigureBilling,
    private readonly reader: PlanReader,
    private readonly audit: Audit,
  ) {}

  /** Of a code that there is already it is the next version, and new schools begin on that where they began on the one before. @throws AmountNotPositive */
  @Transaction()
  async execute({ price, ...details }: PlanDetails): Promise<PlanView> {
    if (!price.isPositive) throw new AmountNotPositive('price');
    const settings = await this.billing.locked();
    const before = await this.em.findOne(BillingPlan, { code: details.code }, { orderBy: { version: 'desc' } });
    if (before) before.archived = true;
    const version = (before?.version ?? 0) + 1;
    const { amount: priceMinor, currency } = price;
    const made = { id: newId(), version, archived: false, createdAt: this.clock.now() };
    const plan = BillingPlan.of({ ...details, ...made, priceMinor, currency });
    await this.em.persist(plan).flush();
    if (before && settings.planId === before.id) settings.planId = plan.id;
    const seen = { version, ...price.toJSON() };
    await this.audit.record({ action: 'billing_plan.defined', subjectId: plan.id, details: seen });
    await this.em.flush();
    return this.reader.get(plan.id);
  }

  /** Nobody chooses it from now on; whoever has it keeps it. @throws PlanNotFound, PlanInUse */
  @Transaction()
  async archive(id: Id): Promise<PlanView> {
    const settings = await this.billing.locked();
    const plan = await this.em.findOne(BillingPlan, { id });
    if (!plan) throw new PlanNotFound();
    if (settings.planId === id) throw new PlanInUse();
    if (!plan.archived) {
      plan.archived = true;
      await this.em.flush();
      await this.audit.record({ action: 'billing_plan.archived', subjectId: id });
    }
    return this.reader.get(id);
  }
}
