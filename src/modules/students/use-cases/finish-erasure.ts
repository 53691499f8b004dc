import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { ErasurePart, StudentErasure } from '../domain/privacy/student-erasure.js';
import { Student } from '../domain/student.js';
import { identityContext, type KeptIdentity } from '../queries/erasure-reader.js';

/** Empties the student's own row once every part has been seen to, and lets go of his name once nothing kept needs it. */
@Injectable()
export class FinishErasure {
  constructor(
    readonly em: EntityManager,
    private readonly encryption: Encryption,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  @Transaction()
  async execute(erasureId: Id): Promise<void> {
    const parts = await this.em.find(ErasurePart, { erasureId });
    if (parts.some(({ state }) => state === 'open')) return;
    const erasure = await this.em.findOneOrFail(StudentErasure, { id: erasureId });
    const isIdentityKept = parts.some(({ needsIdentity }) => needsIdentity);
    if (!erasure.erasedAt) await this.emptyRow(erasure, isIdentityKept);
    if (!isIdentityKept) erasure.identity = null;
    await this.em.flush();
  }

  private async emptyRow(erasure: StudentErasure, isIdentityKept: boolean): Promise<void> {
    const student = await this.em.findOneOrFail(Student, { id: erasure.studentId });
    const { name, birthDate } = student;
    const identity: KeptIdentity = { name, birthDate: birthDate ?? null };
    if (isIdentityKept) erasure.identity = this.encryption.seal(JSON.stringify(identity), identityContext(erasure.id));
    student.erase();
    erasure.erasedAt = this.clock.now();
    await this.audit.record({ action: 'student.erased', subjectId: student.id });
  }
}
