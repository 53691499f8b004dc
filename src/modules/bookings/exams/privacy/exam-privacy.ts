import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import {
  type DataSubject,
  ErasesPersonalData,
  ExportsPersonalData,
  type Kept,
  type Objection,
  ObjectsToErasure,
} from '../../../../platform/privacy/personal-data.decorators.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { ExamSchema } from '../domain/exam.js';

type Db = Tables<typeof ExamSchema>;

/** The person's exams. */
@Injectable()
export class ExamPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('exams')
  exams({ id }: DataSubject): Promise<unknown> {
    return this.of(id)
      .select(['id', 'kind', 'licence_class as licenceClass', 'starts_at as startsAt', 'place', 'state', 'note'])
      .select(['fee_minor as feeMinor', 'currency', 'fee_status as feeStatus', 'cancel_reason as cancelReason'])
      .orderBy('starts_at')
      .execute();
  }

  @ObjectsToErasure('exams')
  async objections({ id }: DataSubject): Promise<Objection[]> {
    const [ahead] = await this.of(id).select('id').where('state', '=', 'planned').limit(1).execute();
    return ahead ? [examAhead] : [];
  }

  /** That there was an exam stays with the time it took; what was written about it goes. */
  @ErasesPersonalData('exams')
  async erase({ id }: DataSubject): Promise<Kept | null> {
    await globalQuery<Db>(this.em)
      .updateTable('exams')
      .set({ note: null, cancel_reason: null })
      .where('school_id', '=', bin(currentSchool()))
      .where('student_id', '=', bin(id))
      .execute();
    return null;
  }

  private of(studentId: DataSubject['id']) {
    return schoolQuery<Db>(this.em).selectFrom('exams').where('student_id', '=', bin(studentId));
  }
}

const examAhead: Objection = {
  code: 'exam_planned',
  texts: {
    en: 'There is a planned exam: cancel it, or write down its result.',
    da: 'Der er en planlagt prøve: aflys den, eller skriv resultatet af den.',
  },
};
