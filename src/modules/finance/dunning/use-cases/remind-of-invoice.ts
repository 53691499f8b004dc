import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { Invoice } from '../../domain/invoice.js';
import { StudentAccount } from '../../queries/student-account.js';
import { IssueInvoice } from '../../use-cases/issue-invoice.js';
import { RecordCharge } from '../../use-cases/record-charge.js';
import { InvoiceReminded } from '../domain/dunning-events.js';
import { type DunningPlan, type DunningStepName, feeSteps, nextStep, withinLaw } from '../domain/dunning-plan.js';
import { DunningStep } from '../domain/dunning.js';
import { DunningPauses } from '../queries/dunning-pauses.js';

/** Takes the step that is due for an unpaid invoice: once, together with its fee and its message, however many try. */
@Injectable()
export class RemindOfInvoice {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly pauses: DunningPauses,
    private readonly recordCharge: RecordCharge,
    private readonly issueInvoice: IssueInvoice,
    private readonly accounts: StudentAccount,
    private readonly audit: Audit,
  ) {}

  /** @returns the step that was taken, if one was due */
  @Transaction()
  async execute(invoiceId: Id, plan: DunningPlan, today: LocalDate): Promise<DunningStepName | null> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true } as const;
    const invoice = await this.em.findOneOrFail(Invoice, { id: invoiceId }, lock);
    if (invoice.state !== 'issued' || !invoice.outstanding.isPositive) return null;
    const lawful = withinLaw(plan, today);
    const taken = await this.em.find(DunningStep, { invoiceId });
    const step = nextStep(lawful, invoice.dueOn, taken, today);
    if (!step || (await this.pauses.isPaused(invoice.studentId, invoiceId, today))) return null;
    // No fee for not having paid a fee.
    if (await this.em.findOne(DunningStep, { feeInvoiceId: invoiceId })) return null;
    // What he has to his credit with the school covers all that he owes.
    if (!(await this.accounts.balanceOf(invoice.studentId)).isPositive) return null;
    await this.take(invoice, step, today, lawful);
    return step;
  }

  private async take(invoice: Invoice, step: DunningStepName, today: LocalDate, plan: DunningPlan): Promise<void> {
    const id = newId();
    const isFee = feeSteps.some((each) => each === step);
    const feeInvoiceId = isFee ? await this.charge(id, invoice, plan) : null;
    const { id: invoiceId, studentId } = invoice;
    const row = { id, schoolId: currentSchool(), invoiceId, studentId, step, takenOn: today, feeInvoiceId };
    this.em.create(DunningStep, { ...row, createdAt: this.clock.now() });
    await this.em.flush();
    await this.outbox.record(new InvoiceReminded({ stepId: id }));
    const details = { invoiceId, studentId, step, feeInvoiceId };
    await this.audit.record({ action: 'invoice.reminded', subjectId: invoiceId, details });
  }

  /** The fee is compensation and bears no VAT. @returns the invoice it is on */
  private async charge(stepId: Id, { studentId, currency, locale, number }: Invoice, plan: DunningPlan): Promise<Id> {
    const description = locale === 'da' ? `Rykkergebyr, faktura ${number}` : `Reminder fee, invoice ${number}`;
    const gross = Money.of(plan.feeMinor, currency);
    const source = { source: 'reminder_fee', sourceId: stepId } as const;
    const chargeId = await this.recordCharge.execute({ ...source, studentId, description, gross, vatRateBp: 0 });
    return this.issueInvoice.execute({ studentId, chargeIds: [chargeId] });
  }
}
