import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { ClosingDay } from '../domain/closing-day.js';
import { ClosingDayNotFound } from '../domain/school-problems.js';

/** The school is open on that date after all: everybody's own hours count again. */
@Injectable()
export class RemoveClosingDay {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** @throws ClosingDayNotFound */
  @Transaction()
  async execute(closingDayId: Id): Promise<void> {
    const removed = await this.em.nativeDelete(ClosingDay, { id: closingDayId });
    if (removed === 0) throw new ClosingDayNotFound();
    await this.audit.record({
      action: 'school.closing_day_removed',
      subjectId: currentSchool(),
      details: { closingDayId },
    });
  }
}
