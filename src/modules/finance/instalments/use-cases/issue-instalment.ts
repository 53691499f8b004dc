import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Charge } from '../../domain/charge.js';
import { Invoice } from '../../domain/invoice.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { IssueInvoice } from '../../use-cases/issue-invoice.js';
import { Instalment, InstalmentPlan } from '../domain/instalment-plan.js';

/** Issues the invoice of an instalment, once, when its day has come. */
@Injectable()
export class IssueInstalment {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
    private readonly issueInvoice: IssueInvoice,
  ) {}

  /** The plan first, as whoever ends it does. */
  @Transaction()
  async execute(instalmentId: Id): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const { planId } = await this.em.findOneOrFail(Instalment, { id: instalmentId });
    const plan = await this.em.findOneOrFail(InstalmentPlan, { id: planId }, lock);
    const instalment = await this.em.findOneOrFail(Instalment, { id: instalmentId }, lock);
    const { zone } = await this.sellers.terms();
    if (!instalment.isToBeIssued(localDate(this.clock.now(), zone))) return;
    // What it was for has been cancelled meanwhile.
    if (!(await this.em.count(Charge, { instalmentId, state: 'open' }))) return instalment.stop();
    const { studentId } = plan;
    const invoiceId = await this.issueInvoice.execute({ studentId, instalmentId, dueOn: instalment.dueOn });
    const { dueOn } = await this.em.findOneOrFail(Invoice, { id: invoiceId });
    instalment.issue(invoiceId, dueOn, plan);
  }
}
