import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DiaryTables } from '../../queries/tables.js';
import type { DiaryNews } from '../domain/diary-news.js';

/** A lesson as its news tell it. */
@Injectable()
export class LessonNewsReader {
  constructor(private readonly em: EntityManager) {}

  /** As it stands now; null when there is none any more. */
  async read(bookingId: Id): Promise<Omit<DiaryNews, 'eventId' | 'previous'> | null> {
    const lesson = await schoolQuery<DiaryTables>(this.em)
      .selectFrom('bookings')
      .select(['id', 'version', 'state', 'starts_at as startsAt', 'ends_at as endsAt'])
      .select(['teacher_id as teacherId', 'student_id as studentId', 'vehicle_id as vehicleId'])
      .where('id', '=', bin(bookingId))
      .executeTakeFirst();
    return lesson ? { kind: 'lesson', ...lesson } : null;
  }
}
