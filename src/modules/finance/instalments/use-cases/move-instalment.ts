import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { isWithinReach } from '../domain/due-dates.js';
import { Instalment, InstalmentPlan } from '../domain/instalment-plan.js';
import { InstalmentDatesWrong, InstalmentNotFound, InstalmentPlanNotFound } from '../domain/instalment-problems.js';

/** An instalment that is not invoiced yet is due on another day; no other one moves with it. */
@Injectable()
export class MoveInstalment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly audit: Audit,
  ) {}

  /** @throws InstalmentPlanNotFound | InstalmentNotFound | InstalmentNotPlanned | InstalmentDatesWrong */
  @Transaction()
  async execute(planId: Id, instalmentId: Id, dueOn: LocalDate): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const plan = await this.em.findOne(InstalmentPlan, { id: planId }, lock);
    if (!plan) throw new InstalmentPlanNotFound();
    const instalment = await this.em.findOne(Instalment, { id: instalmentId, planId }, lock);
    if (!instalment) throw new InstalmentNotFound();
    const { zone } = await this.sellers.terms();
    if (!isWithinReach(dueOn, localDate(this.clock.now(), zone))) throw new InstalmentDatesWrong('dueOn');
    const before = instalment.dueOn;
    instalment.move(dueOn, plan);
    await this.em.flush();
    const details = { studentId: plan.studentId, position: instalment.position, before, dueOn };
    await this.audit.record({ action: 'instalment.moved', subjectId: planId, details });
  }
}
