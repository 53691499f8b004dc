import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { DiaryNews } from '../../live/domain/diary-news.js';
import type { ClassSessionState } from '../domain/class-session.js';
import type { ClassTables } from './tables.js';

type News = Omit<DiaryNews, 'eventId' | 'previous'>;

/** Sessions of courses as the news of the diary tell them, as they stand now. */
@Injectable()
export class ClassNews {
  constructor(private readonly em: EntityManager) {}

  async ofSession(sessionId: Id): Promise<News[]> {
    return (await this.sessions().where('id', '=', bin(sessionId)).execute()).map(newsOf);
  }

  /** Of one course, in this state, in order of time. */
  async ofCourse(courseId: Id, state: ClassSessionState): Promise<News[]> {
    const sessions = this.sessions().where('course_id', '=', bin(courseId)).where('state', '=', state);
    return (await sessions.orderBy('starts_at').orderBy('id').execute()).map(newsOf);
  }

  private sessions() {
    return schoolQuery<ClassTables>(this.em)
      .selectFrom('class_sessions')
      .select(['id', 'version', 'state', 'teacher_id as teacherId'])
      .select(['starts_at as startsAt', 'ends_at as endsAt']);
  }
}

function newsOf(session: Omit<News, 'kind' | 'studentId' | 'vehicleId'>): News {
  return { kind: 'class_session', ...session, studentId: null, vehicleId: null };
}
