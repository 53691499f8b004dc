import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
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
  ) {}

  /** @throws InvalidLessonType */
  @Transaction()
  async execute(details: LessonTypeDetails): Promise<LessonTypeView> {
    const school = await this.scheduling.school();
    const lessonType = LessonType.offer(school.id, school.currency, details, this.clock.now());
    await this.em.persist(lessonType).flush();
    return this.reader.get(lessonType.id);
  }
}
