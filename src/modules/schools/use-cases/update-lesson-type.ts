import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../platform/values/id.js';
import { LessonType, type LessonTypeChange } from '../domain/lesson-type.js';
import { LessonTypeNotFound } from '../domain/school-problems.js';
import { LessonTypeReader, type LessonTypeView } from '../queries/lesson-type-reader.js';

/** Changes what is sold from now on; lessons booked before keep their price. */
@Injectable()
export class UpdateLessonType {
  constructor(
    readonly em: EntityManager,
    private readonly reader: LessonTypeReader,
    private readonly audit: Audit,
  ) {}

  /** @throws LessonTypeNotFound, InvalidLessonType */
  @Transaction()
  async execute(lessonTypeId: Id, change: LessonTypeChange): Promise<LessonTypeView> {
    const lessonType = await this.em.findOne(
      LessonType,
      { id: lessonTypeId },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!lessonType) throw new LessonTypeNotFound();
    await assertAsSeen(() => this.reader.get(lessonTypeId));
    const fields = changedFields(lessonType, change);
    lessonType.change(change);
    await this.em.flush();
    await this.audit.record({ action: 'lesson_type.updated', subjectId: lessonTypeId, details: { fields } });
    return this.reader.get(lessonTypeId);
  }
}
