import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Charge } from '../../domain/charge.js';
import { Invoice } from '../../domain/invoice.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { IssueInvoice } from '../../use-cases/issue-invoice.js';
import { Instalment, InstalmentPlan } from '../domain/instalment-plan.js';
import { InstalmentPlanNotFound, TooFewMissed } from '../domain/instalment-problems.js';
import type { InstalmentTables } from '../instalments.tables.js';

/** Ends a plan: what is not invoiced is open as before, or called in at once. What is invoiced stays owed. */
@Injectable()
export class EndInstalmentPlan {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly issueInvoice: IssueInvoice,
    private readonly audit: Audit,
  ) {}

  /**
   * @param callIn whether all that is left is invoiced, due today
   * @throws InstalmentPlanNotFound | InstalmentPlanEnded | TooFewMissed
   */
  @Transaction()
  async execute(planId: Id, callIn: boolean): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const plan = await this.em.findOne(InstalmentPlan, { id: planId }, lock);
    if (!plan) throw new InstalmentPlanNotFound();
    plan.end(this.clock.now());
    const instalments = await this.em.find(Instalment, { planId }, { ...lock, orderBy: { id: 'asc' } });
    if (callIn) await this.checkMissed(plan, instalments);
    const chargeIds = await this.release(instalments);
    if (callIn && chargeIds.length > 0) {
      const { studentId } = plan;
      plan.restInvoiceId = await this.issueInvoice.execute({ studentId, chargeIds, paymentTermsDays: 0 });
    }
    await this.em.flush();
    const details = { studentId: plan.studentId, restInvoiceId: plan.restInvoiceId ?? null };
    await this.audit.record({ action: 'instalment_plan.ended', subjectId: planId, details });
  }

  /** The package is being given back: plans that still ask for something of it end. */
  async ofPackage(soldPackageId: Id): Promise<void> {
    const plans = await schoolQuery<InstalmentTables>(this.em)
      .selectFrom('package_units')
      .innerJoin('charges', (on) =>
        on
          .onRef('charges.school_id', '=', 'package_units.school_id')
          .onRef('charges.source_id', '=', 'package_units.id')
          .on('charges.source', '=', 'package'),
      )
      .innerJoin('instalments', (on) =>
        on
          .onRef('instalments.school_id', '=', 'charges.school_id')
          .onRef('instalments.id', '=', 'charges.instalment_id'),
      )
      .select('instalments.plan_id')
      .distinct()
      .where('package_units.sold_package_id', '=', bin(soldPackageId))
      .where('instalments.state', '=', 'planned')
      .execute();
    for (const id of plans.map(({ plan_id }) => plan_id).sort()) await this.execute(id, false);
  }

  /** Missed: its invoice is not paid, and its day is over. */
  private async checkMissed({ callInAfterMissed }: InstalmentPlan, instalments: readonly Instalment[]): Promise<void> {
    const { zone } = await this.sellers.terms();
    const id = { $in: instalments.flatMap(({ invoiceId }) => invoiceId ?? []) };
    const dueOn = { $lt: localDate(this.clock.now(), zone) };
    const missed = await this.em.count(Invoice, { id, state: 'issued', dueOn });
    if (missed < callInAfterMissed) throw new TooFewMissed(missed, callInAfterMissed);
  }

  /** @returns what was planned and is open */
  private async release(instalments: readonly Instalment[]): Promise<Id[]> {
    const planned = instalments.filter(({ state }) => state === 'planned').map(({ id }) => id);
    for (const instalment of instalments) instalment.stop();
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true, orderBy: { id: 'asc' } } as const;
    const charges = await this.em.find(Charge, { instalmentId: { $in: planned }, state: 'open' }, lock);
    for (const charge of charges) charge.instalmentId = null;
    await this.em.flush();
    return charges.map(({ id }) => id);
  }
}
