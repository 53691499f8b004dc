import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { addDays, localDate } from '../../../../platform/values/zone.js';
import { RetryTooSoon } from '../domain/exam-problems.js';
import { retryDays, type ExamRules } from '../domain/exam-settings.js';
import type { Exam, ExamSchema } from '../domain/exam.js';

/** How long after a failed exam the next of its kind and class must wait. */
@Injectable()
export class RetryWait {
  constructor(private readonly em: EntityManager) {}

  /** @throws RetryTooSoon */
  async check({ studentId, kind, licenceClass, startsAt }: Exam, rules: ExamRules, zone: string): Promise<void> {
    const days = retryDays(rules, kind);
    if (days === 0) return;
    const failed = await schoolQuery<Tables<typeof ExamSchema>>(this.em)
      .selectFrom('exams')
      .select('starts_at as startsAt')
      .where('student_id', '=', bin(studentId))
      .where('kind', '=', kind)
      .where('licence_class', '=', licenceClass)
      .where('state', '=', 'failed')
      .where('starts_at', '<=', startsAt)
      .orderBy('starts_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!failed) return;
    const earliest = addDays(localDate(failed.startsAt, zone), days);
    if (localDate(startsAt, zone) < earliest) throw new RetryTooSoon(earliest);
  }
}
