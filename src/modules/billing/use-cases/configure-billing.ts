import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { assertTransaction, Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../platform/values/id.js';
import type { BillingTables } from '../billing.tables.js';
import { PlanArchived, PlanNotFound, SellerNotFound, StepsOutOfOrder } from '../domain/billing-problems.js';
import { BillingSettings } from '../domain/billing-settings.js';
import { BillingPlan } from '../domain/plan.js';
import { BillingTerms, type BillingTermsView, noTerms } from '../queries/billing-terms.js';

const only = 1;

/** Says who sells, what new schools try out, and when an unpaid school is held back. */
@Injectable()
export class ConfigureBilling {
  constructor(
    readonly em: EntityManager,
    private readonly terms: BillingTerms,
    private readonly audit: Audit,
  ) {}

  /** @throws SellerNotFound, PlanNotFound, PlanArchived, StepsOutOfOrder */
  @Transaction()
  async execute(wish: BillingTermsView): Promise<BillingTermsView> {
    if (wish.readOnlyAfterDays < wish.restrictedAfterDays) throw new StepsOutOfOrder();
    const settings = await this.locked();
    await assertAsSeen(() => this.terms.read());
    if (wish.sellerId && !(await this.isSchool(wish.sellerId))) throw new SellerNotFound();
    if (wish.planId) await this.assertOffered(wish.planId);
    Object.assign(settings, wish);
    await this.em.flush();
    const { restrictedAfterDays, readOnlyAfterDays, sellerId, planId } = wish;
    const details = { sellerId, planId, restrictedAfterDays, readOnlyAfterDays };
    await this.audit.record({ action: 'billing.configured', details });
    return this.terms.read();
  }

  /** The one row, which whoever changes plans or terms locks first. */
  async locked(): Promise<BillingSettings> {
    assertTransaction('the billing settings');
    const { restrictedAfterDays, readOnlyAfterDays } = noTerms;
    await globalQuery<BillingTables>(this.em)
      .insertInto('billing_settings')
      .values({
        id: only,
        seller_id: null,
        plan_id: null,
        restricted_after_days: restrictedAfterDays,
        read_only_after_days: readOnlyAfterDays,
      })
      .onDuplicateKeyUpdate({ id: sql<number>`id` })
      .execute();
    return this.em.findOneOrFail(BillingSettings, { id: only }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  }

  private async isSchool(id: Id): Promise<boolean> {
    const school = globalQuery<BillingTables>(this.em).selectFrom('schools').select('id').where('id', '=', bin(id));
    return (await school.executeTakeFirst()) !== undefined;
  }

  private async assertOffered(id: Id): Promise<void> {
    const plan = await this.em.findOne(BillingPlan, { id });
    if (!plan) throw new PlanNotFound();
    if (plan.archived) throw new PlanArchived();
  }
}
