import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { StudentDirectory } from '../../../students/index.js';
import { InvoiceNotFound } from '../../domain/errors.js';
import { Invoice } from '../../domain/invoice.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { DunningPauseNotFound, PauseEndsInPast } from '../domain/dunning-problems.js';
import { DunningPause } from '../domain/dunning.js';

export interface PauseCommand {
  readonly studentId: Id;
  /** All of the student's when absent. */
  readonly invoiceId?: Id;
  readonly reason: string;
  /** The last day; until somebody ends it when absent. */
  readonly untilDate?: LocalDate;
}

/** Lets reminders of a student's invoices rest, and go on again. */
@Injectable()
export class PauseDunning {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly sellers: SellerReader,
    private readonly audit: Audit,
  ) {}

  /** @returns the pause's id. @throws StudentNotFound, InvoiceNotFound, PauseEndsInPast */
  @Transaction()
  async execute(actor: Pick<Actor, 'id'>, { studentId, invoiceId, reason, untilDate }: PauseCommand): Promise<Id> {
    await this.students.get(studentId);
    if (invoiceId && !(await this.em.findOne(Invoice, { id: invoiceId, studentId }))) throw new InvoiceNotFound();
    const { zone } = await this.sellers.terms();
    if (untilDate && untilDate < localDate(this.clock.now(), zone)) throw new PauseEndsInPast();
    const id = newId();
    this.em.create(DunningPause, {
      id,
      schoolId: currentSchool(),
      studentId,
      invoiceId: invoiceId ?? null,
      reason,
      untilDate: untilDate ?? null,
      createdBy: actor.id,
      createdAt: this.clock.now(),
      endedAt: null,
    });
    await this.em.flush();
    const details = { studentId, invoiceId: invoiceId ?? null, untilDate: untilDate ?? null };
    await this.audit.record({ action: 'dunning_pause.begun', subjectId: id, details });
    return id;
  }

  /** Does nothing once it has ended. @throws DunningPauseNotFound */
  @Transaction()
  async end(pauseId: Id): Promise<void> {
    const pause = await this.em.findOne(DunningPause, { id: pauseId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!pause) throw new DunningPauseNotFound();
    if (pause.endedAt !== null) return;
    pause.endedAt = this.clock.now();
    const { studentId, invoiceId = null } = pause;
    await this.audit.record({
      action: 'dunning_pause.ended',
      subjectId: pauseId,
      details: { studentId, invoiceId: invoiceId },
    });
  }
}
