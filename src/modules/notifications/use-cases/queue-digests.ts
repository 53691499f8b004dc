import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, globalQuery, lockedAsItIs, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { DiaryItemsIn } from '../../bookings/index.js';
import type { TeacherSchema } from '../../schools/index.js';
import type { TeacherDigestSchema } from '../domain/teacher-digest.js';
import type { DueDigest } from '../queries/due-digests.js';
import { QueueMessages } from './queue-messages.js';

type Db = Tables<typeof TeacherDigestSchema | typeof TeacherSchema>;

/** Queues the lists of one day for a school's teachers: one to each who has something then. */
@Injectable()
export class QueueDigests {
  constructor(
    readonly em: EntityManager,
    private readonly diary: DiaryItemsIn,
    private readonly queue: QueueMessages,
  ) {}

  /** For the current school. Does nothing when another worker has. */
  @Transaction()
  async execute({ schoolId, zone, day }: DueDigest): Promise<void> {
    if (!(await this.take(schoolId, day))) return;
    const items = await this.diary.ahead({ range: TimeRange.ofDay(day, zone) });
    const teacherIds = [...new Set(items.flatMap(({ teacher }) => teacher?.id ?? []))];
    if (teacherIds.length === 0) return;
    const teachers = await schoolQuery<Db>(this.em)
      .selectFrom('teachers')
      .select(['id', 'user_id as userId'])
      .where('id', 'in', bins(teacherIds))
      .execute();
    await this.queue.execute(
      teachers.map(({ id, userId }) => ({
        kind: 'teacher_day_ahead' as const,
        userId,
        subjectId: id,
        cause: `${id}:${day}`,
        params: { date: day },
      })),
    );
  }

  /** @returns false when the day was taken already */
  private async take(schoolId: Id, day: LocalDate): Promise<boolean> {
    const db = globalQuery<Db>(this.em);
    const row = { school_id: bin(schoolId), day: '1970-01-01' };
    await db.insertInto('teacher_digests').values(row).onDuplicateKeyUpdate(lockedAsItIs).execute();
    const { numUpdatedRows } = await db
      .updateTable('teacher_digests')
      .set({ day })
      .where('school_id', '=', bin(schoolId))
      .where('day', '<', day)
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }
}
