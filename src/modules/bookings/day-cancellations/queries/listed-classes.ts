import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { ClassOnDay } from '../../ports/classes-on-day.js';
import type { DayTables } from '../day-cancellations.tables.js';
import type { DayLessonState } from '../domain/day-cancellation-lesson.js';

/** The list of a cancelled day's theory classes, which says what is done, as ListedLessons does of lessons. */
@Injectable()
export class ListedClasses {
  constructor(private readonly em: EntityManager) {}

  /** Those of the classes that do not stand on it yet. */
  async missing(cancellationId: Id, classes: readonly ClassOnDay[]): Promise<ClassOnDay[]> {
    const rows = await this.rows(cancellationId).select('session_id as id').execute();
    const listed = new Set<Id>(rows.map(({ id }) => id));
    return classes.filter(({ sessionId }) => !listed.has(sessionId));
  }

  async add(cancellationId: Id, classes: readonly ClassOnDay[]): Promise<void> {
    if (classes.length === 0) return;
    const values = classes.map(({ sessionId }) => ({
      school_id: bin(currentSchool()),
      cancellation_id: bin(cancellationId),
      session_id: bin(sessionId),
      state: 'pending' as const,
    }));
    await globalQuery<DayTables>(this.em).insertInto('day_cancellation_classes').values(values).execute();
  }

  async pending(cancellationId: Id, most: number): Promise<Id[]> {
    const rows = await this.rows(cancellationId)
      .select('session_id as id')
      .where('state', '=', 'pending')
      .orderBy('session_id')
      .limit(most)
      .execute();
    return rows.map(({ id }) => id);
  }

  /** @returns false when somebody else has */
  async mark(cancellationId: Id, sessionId: Id, state: Exclude<DayLessonState, 'pending'>): Promise<boolean> {
    const { numUpdatedRows } = await globalQuery<DayTables>(this.em)
      .updateTable('day_cancellation_classes')
      .set({ state })
      .where('school_id', '=', bin(currentSchool()))
      .where('cancellation_id', '=', bin(cancellationId))
      .where('session_id', '=', bin(sessionId))
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  private rows(cancellationId: Id) {
    return schoolQuery<DayTables>(this.em)
      .selectFrom('day_cancellation_classes')
      .where('cancellation_id', '=', bin(cancellationId));
  }
}
