import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../../platform/values/id.js';
import { OwnStudents } from '../../../students/index.js';
import { studentRulesView, type StudentBookingRulesView } from '../domain/rule-views.js';
import { StudentBookingRules } from '../domain/settings.js';
import { StandingRulesReader } from '../queries/standing-rules-reader.js';

/** The office opens and closes booking for one student, and says how much he may book. */
@Injectable()
export class SetStudentRules {
  constructor(
    readonly em: EntityManager,
    private readonly students: OwnStudents,
    private readonly reader: StandingRulesReader,
    private readonly audit: Audit,
  ) {}

  /** @throws StudentNotFound also when he is none of the actor's business */
  async read(actor: Actor, studentId: Id): Promise<StudentBookingRulesView> {
    await this.students.get(actor, studentId);
    const em = this.em.fork({ keepTransactionContext: true });
    return studentRulesView(await em.findOne(StudentBookingRules, { studentId }));
  }

  /** Lessons that are booked already stay. @throws StudentNotFound */
  @Transaction()
  async execute(actor: Actor, studentId: Id, change: StudentBookingRulesView): Promise<StudentBookingRulesView> {
    await this.students.get(actor, studentId);
    // Makes the row, locks it, and waits for bookings that count by the rules of before.
    await this.reader.bumpVersion(studentId);
    const lockMode = LockMode.PESSIMISTIC_WRITE;
    const rules = await this.em.findOneOrFail(StudentBookingRules, { studentId }, { lockMode });
    await assertAsSeen(() => this.read(actor, studentId));
    const fields = changedFields(rules, change);
    Object.assign(rules, change);
    await this.em.flush();
    await this.audit.record({ action: 'student.booking_rules_changed', subjectId: studentId, details: { fields } });
    return this.read(actor, studentId);
  }
}
