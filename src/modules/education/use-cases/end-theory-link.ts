import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentDirectory } from '../../students/index.js';
import { TheoryLinkDue } from '../domain/events.js';
import { TheoryLink } from '../domain/theory-link.js';

/** Ends a student's link: no report of it counts any more, and the platform is told by a job until it has heard. */
@Injectable()
export class EndTheoryLink {
  constructor(
    readonly em: EntityManager,
    private readonly students: StudentDirectory,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** Nothing, when he has none. What he has learnt stays. @throws StudentNotFound */
  @Transaction()
  async execute(studentId: Id): Promise<void> {
    await this.students.get(studentId);
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const link = await this.em.findOne(TheoryLink, { studentId, standing: true }, lock);
    if (!link) return;
    link.end(this.clock.now());
    await this.em.flush();
    await this.outbox.record(new TheoryLinkDue({ linkId: link.id }));
    await this.audit.record({
      action: 'student.theory_link_ended',
      subjectId: studentId,
      details: { linkId: link.id },
    });
  }
}
