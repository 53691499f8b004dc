import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { PersonalData } from '../../../platform/privacy/personal-data.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentStatusChanged } from '../domain/events.js';
import { ErasureRequested } from '../domain/privacy/privacy-events.js';
import { ErasureRefused } from '../domain/privacy/privacy-problems.js';
import { ErasurePart, type ErasureReason, StudentErasure } from '../domain/privacy/student-erasure.js';
import { StudentNotFound } from '../domain/student-problems.js';
import { Student } from '../domain/student.js';
import { ErasureReader, type ErasureView } from '../queries/erasure-reader.js';
import { StudentDirectory } from '../queries/student-directory.js';

/** Begins to erase a student: from now on he books nothing, and part by part forgets about him. */
@Injectable()
export class EraseStudent {
  constructor(
    readonly em: EntityManager,
    private readonly personalData: PersonalData,
    private readonly students: StudentDirectory,
    private readonly reader: ErasureReader,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Asked for again, it goes on as it is. @param requestedBy null for an operator @throws StudentNotFound, ErasureRefused */
  @Transaction()
  async execute(requestedBy: Id | null, studentId: Id, reason: ErasureReason): Promise<ErasureView> {
    const student = await this.em.findOne(Student, { id: studentId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!student) throw new StudentNotFound();
    if (await this.em.count(StudentErasure, { studentId })) return this.reader.of(studentId);
    const objections = await this.personalData.objectionsTo(await this.students.get(studentId));
    if (objections.length > 0) throw new ErasureRefused(objections);
    student.leave();
    const requestedAt = this.clock.now();
    const erasure = StudentErasure.of({ schoolId: student.schoolId, studentId, reason, requestedBy, requestedAt });
    const parts = [...this.personalData.erasers().keys()].map((part) => ErasurePart.of(erasure, part));
    await this.em.persist(erasure).flush();
    await this.em.persist(parts).flush();
    await this.outbox.record(new StudentStatusChanged({ studentId }));
    await this.outbox.record(new ErasureRequested({ erasureId: erasure.id }));
    await this.audit.record({ action: 'student.erasure_requested', subjectId: studentId, details: { reason } });
    return this.reader.of(studentId);
  }
}
