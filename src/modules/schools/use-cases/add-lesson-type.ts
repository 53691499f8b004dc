import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { LessonTypeDetails } from '../domain/lesson-type-rules.js';
import { LessonType } from '../domain/lesson-type.js';
import { LessonTypeReader, type LessonTypeView } from '../queries/lesson-type-reader.js';
import { Scheduling } from '../queries/scheduling.js';

@Injectable()
export class AddLessonType {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly reader: LessonTypeReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws InvalidLessonType */
  @Transaction()
  async execute(details: LessonTypeDetails): Promise<LessonTypeView> {
    const school = await this.scheduling.school();
    const lessonType = LessonType.offer(school.id, school.currency, details, this.clock.now());
    await this.em.persist(lessonType).flush();
    await this.audit.record({ action: 'lesson_type.added', subjectId: lessonType.id });
    return this.reader.get(lessonType.id);
  }
}
