import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DiaryNews } from '../../live/domain/diary-news.js';
import type { ExamTables } from './exams-with-parties.js';

/** An exam as the news of the diary tell it. */
@Injectable()
export class ExamNews {
  constructor(private readonly em: EntityManager) {}

  /** As it stands now; null when there is none any more. */
  async read(examId: Id): Promise<Omit<DiaryNews, 'eventId' | 'previous'> | null> {
    const exam = await schoolQuery<ExamTables>(this.em)
      .selectFrom('exams')
      .select(['id', 'version', 'state', 'starts_at as startsAt', 'ends_at as endsAt'])
      .select(['teacher_id as teacherId', 'student_id as studentId', 'vehicle_id as vehicleId'])
      .where('id', '=', bin(examId))
      .executeTakeFirst();
    return exam ? { kind: 'exam', ...exam } : null;
  }
}
