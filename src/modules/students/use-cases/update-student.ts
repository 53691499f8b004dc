import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentLeft, StudentStatusChanged } from '../domain/events.js';
import { StudentNotFound } from '../domain/student-problems.js';
import type { StudentStatus } from '../domain/student-status.js';
import { Student, type StudentDetails } from '../domain/student.js';
import { StudentReader, type StudentView } from '../queries/student-reader.js';

export type StudentChange = Partial<StudentDetails> & { readonly status?: StudentStatus };

@Injectable()
export class UpdateStudent {
  constructor(
    readonly em: EntityManager,
    private readonly reader: StudentReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
  ) {}

  /** @throws StudentNotFound, StudentErased, StatusNotAllowed, InvalidBirthDate */
  @Transaction()
  async execute(studentId: Id, { status, ...details }: StudentChange): Promise<StudentView> {
    const student = await this.em.findOne(Student, { id: studentId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!student) throw new StudentNotFound();
    student.assertNotErased();
    await assertAsSeen(() => this.reader.byId(studentId));
    const fields = changedFields(student, { ...details, status });
    student.change(details, this.clock.now());
    const leaves = status === 'left' && student.status !== 'left';
    if (status) student.moveTo(status);
    await this.em.flush();
    if (leaves) await this.outbox.record(new StudentLeft({ studentId }));
    if (fields.includes('status')) await this.outbox.record(new StudentStatusChanged({ studentId }));
    await this.audit.record({
      action: 'student.updated',
      subjectId: studentId,
      details: { fields, status: student.status },
    });
    return this.reader.byId(studentId);
  }
}
