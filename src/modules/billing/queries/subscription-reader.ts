import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, List } from '../../../platform/database/list.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import { acrossSchools, currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { BillingTables } from '../billing.tables.js';
import { SubscriptionNotFound } from '../domain/billing-problems.js';
import { type Standing, standingOf, type Steps, stepsOf } from '../domain/standing.js';
import type { SubscriptionState } from '../ports/subscription.js';
import { BillingTerms, type BillingTermsView } from './billing-terms.js';
import { PlanReader, type PlanView } from './plan-reader.js';

/** A subscription on the platform's list. */
export interface SubscriptionSummary {
  readonly id: Id;
  readonly schoolId: Id;
  readonly schoolName: string;
  readonly state: SubscriptionState;
  readonly standing: Standing;
  readonly seats: number;
  readonly trialEndsAt: Date | null;
  readonly unpaidSince: Date | null;
  readonly exemptReason: string | null;
}

export interface SubscriptionView extends Omit<SubscriptionSummary, 'schoolId' | 'schoolName' | 'unpaidSince'> {
  readonly plan: PlanView;
  readonly hasCard: boolean;
  readonly currentPeriodEnd: Date | null;
  readonly cancelsAt: Date | null;
  readonly unpaidSince: Date | null;
  readonly restrictedFrom: Date | null;
  readonly readOnlyFrom: Date | null;
}

export const subscriptionList = new List({
  id: 'subscriptions.id',
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<SubscriptionState>('subscriptions.state') },
});

/** How schools subscribe, and how they stand. */
@Injectable()
export class SubscriptionReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly terms: BillingTerms,
    private readonly plans: PlanReader,
  ) {}

  /** Of the current school. @throws SubscriptionNotFound */
  async get(): Promise<SubscriptionView> {
    const row = await selectSubscriptions(this.em).where('school_id', '=', bin(currentSchool())).executeTakeFirst();
    if (!row) throw new SubscriptionNotFound();
    const { planId, schoolId: _, providerRef, ...rest } = row;
    const { standing, steps } = this.judge(row, await this.terms.read());
    const { unpaidSince = null, restrictedFrom = null, readOnlyFrom = null } = steps ?? {};
    const plan = await this.plans.get(planId);
    const hasCard = providerRef !== null && rest.state !== 'canceled';
    return { ...rest, plan, hasCard, standing, unpaidSince, restrictedFrom, readOnlyFrom };
  }

  /** Of all schools. */
  list(asked: Asked<typeof subscriptionList>): Promise<Page<SubscriptionSummary>> {
    return acrossSchools('the platform’s own subscribers', async () => {
      const named = selectSubscriptions(this.em)
        .innerJoin('schools', 'schools.id', 'subscriptions.school_id')
        .select('schools.name as schoolName');
      const terms = await this.terms.read();
      const { items, nextCursor } = await subscriptionList.page(named, asked);
      return { items: items.map((row) => this.summary(row, terms)), nextCursor };
    });
  }

  private summary(row: Row & { schoolName: string }, terms: BillingTermsView): SubscriptionSummary {
    const { id, schoolId, schoolName, state, seats, trialEndsAt, exemptReason } = row;
    const { standing, steps } = this.judge(row, terms);
    const unpaidSince = steps?.unpaidSince ?? null;
    return { id, schoolId, schoolName, state, standing, seats, trialEndsAt, unpaidSince, exemptReason };
  }

  private judge(row: Row, terms: BillingTermsView): { standing: Standing; steps: Steps | null } {
    const facts = { ...row, atGateway: row.providerRef !== null, exempt: row.exemptReason !== null };
    const now = this.clock.now();
    const isBilled = terms.sellerId !== null && terms.sellerId !== row.schoolId;
    if (!isBilled) return { standing: 'good', steps: null };
    return { standing: standingOf(facts, terms, now), steps: stepsOf(facts, terms, now) };
  }
}

function selectSubscriptions(em: EntityManager) {
  return globalQuery<BillingTables>(em)
    .selectFrom('subscriptions')
    .select(['subscriptions.id', 'school_id as schoolId', 'plan_id as planId', 'state', 'seats'])
    .select(['provider_ref as providerRef', 'trial_ends_at as trialEndsAt', 'current_period_end as currentPeriodEnd'])
    .select(['cancels_at as cancelsAt', 'unpaid_since as unpaidSince', 'exempt_reason as exemptReason']);
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSubscriptions>['execute']>>[number];
