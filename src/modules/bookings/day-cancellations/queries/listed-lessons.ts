import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DayTables } from '../day-cancellations.tables.js';
import type { DayLessonState } from '../domain/day-cancellation-lesson.js';
import type { AffectedLesson } from './affected-lessons.js';

/** The list of a cancelled day's lessons, which says what is done: the job goes on from it in any process. */
@Injectable()
export class ListedLessons {
  constructor(private readonly em: EntityManager) {}

  /** Those of the lessons that do not stand on it yet. */
  async missing(cancellationId: Id, lessons: readonly AffectedLesson[]): Promise<AffectedLesson[]> {
    const rows = await this.rows(cancellationId).select('booking_id as id').execute();
    const listed = new Set<Id>(rows.map(({ id }) => id));
    return lessons.filter(({ bookingId }) => !listed.has(bookingId));
  }

  async add(cancellationId: Id, lessons: readonly AffectedLesson[]): Promise<void> {
    if (lessons.length === 0) return;
    const values = lessons.map(({ bookingId, student }) => ({
      school_id: bin(currentSchool()),
      cancellation_id: bin(cancellationId),
      booking_id: bin(bookingId),
      student_id: bin(student.id),
      state: 'pending' as const,
    }));
    await globalQuery<DayTables>(this.em).insertInto('day_cancellation_lessons').values(values).execute();
  }

  /** The next students with something left to do. */
  async students(cancellationId: Id, most: number): Promise<Id[]> {
    const rows = await this.rows(cancellationId)
      .select('student_id as id')
      .distinct()
      .where('state', '=', 'pending')
      .orderBy('student_id')
      .limit(most)
      .execute();
    return rows.map(({ id }) => id);
  }

  async pendingOf(cancellationId: Id, studentId: Id): Promise<Id[]> {
    const rows = await this.rows(cancellationId)
      .select('booking_id as id')
      .where('student_id', '=', bin(studentId))
      .where('state', '=', 'pending')
      .execute();
    return rows.map(({ id }) => id);
  }

  /** @returns false when somebody else has */
  async mark(cancellationId: Id, bookingId: Id, state: Exclude<DayLessonState, 'pending'>): Promise<boolean> {
    const { numUpdatedRows } = await globalQuery<DayTables>(this.em)
      .updateTable('day_cancellation_lessons')
      .set({ state })
      .where('school_id', '=', bin(currentSchool()))
      .where('cancellation_id', '=', bin(cancellationId))
      .where('booking_id', '=', bin(bookingId))
      .where('state', '=', 'pending')
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  private rows(cancellationId: Id) {
    return schoolQuery<DayTables>(this.em)
      .selectFrom('day_cancellation_lessons')
      .where('cancellation_id', '=', bin(cancellationId));
  }
}
