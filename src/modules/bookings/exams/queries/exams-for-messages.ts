import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { ExamKind, ExamState } from '../domain/exam-state.js';
import { examsWithParties } from './exams-with-parties.js';

/** An exam as it stands now, with the words and the reader that a message about it needs. */
export interface ExamForMessage {
  readonly id: Id;
  readonly state: ExamState;
  readonly kind: ExamKind;
  readonly licenceClass: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly cancelBy: Date;
  readonly place: string;
  readonly cancelReason: string | null;
  readonly studentName: string;
  readonly studentUserId: Id;
  readonly teacherName: string | null;
  readonly vehicle: string | null;
  /** 1, and one more after each change. */
  readonly version: number;
  readonly changedAt: Date;
}

/** What messages tell of an exam. */
@Injectable()
export class ExamsForMessages {
  constructor(private readonly em: EntityManager) {}

  /** An exam of the current school, or null. */
  async get(examId: Id): Promise<ExamForMessage | null> {
    const row = await examsWithParties(this.em)
      .select(['exams.id', 'exams.state', 'exams.kind', 'exams.licence_class as licenceClass', 'exams.place'])
      .select(['exams.starts_at as startsAt', 'exams.ends_at as endsAt', 'exams.cancel_by as cancelBy'])
      .select(['exams.cancel_reason as cancelReason', 'students.name as studentName'])
      .select(['students.user_id as studentUserId', 'exams.version', 'exams.changed_at as changedAt'])
      .select(['teachers.name as teacherName', 'vehicles.name as vehicle'])
      .where('exams.id', '=', bin(examId))
      .executeTakeFirst();
    return row ?? null;
  }
}
