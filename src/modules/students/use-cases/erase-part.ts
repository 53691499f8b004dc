import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { PersonalData } from '../../../platform/privacy/personal-data.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { ErasurePart, StudentErasure } from '../domain/privacy/student-erasure.js';
import { StudentDirectory } from '../queries/student-directory.js';

/** Erases one part of what is kept about a student, once; killed before its commit, it is done again from the start. */
@Injectable()
export class ErasePart {
  constructor(
    readonly em: EntityManager,
    private readonly personalData: PersonalData,
    private readonly students: StudentDirectory,
  ) {}

  @Transaction()
  async execute(erasureId: Id, name: string, today: LocalDate): Promise<void> {
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const part = await this.em.findOneOrFail(ErasurePart, { erasureId, part: name }, lock);
    const erase = this.personalData.erasers().get(name);
    // A part of a newer version is left to a process that knows it.
    if (!erase || !part.isDue(today)) return;
    const { studentId } = await this.em.findOneOrFail(StudentErasure, { id: erasureId });
    const kept = await erase(await this.students.get(studentId), today);
    if (kept) part.keeps(kept.until, kept.needsIdentity ?? false);
    else part.isDone();
    await this.em.flush();
  }
}
