import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Id } from '../../../../platform/values/id.js';
import { ExamNotFound } from '../domain/exam-problems.js';
import { Exam } from '../domain/exam.js';

/** Loads an exam that staff want to change. */
@Injectable()
export class ExamsAtHand {
  constructor(private readonly em: EntityManager) {}

  /** @throws ExamNotFound */
  async load(examId: Id): Promise<Exam> {
    const exam = await this.em.findOne(Exam, { id: examId });
    if (!exam) throw new ExamNotFound();
    return exam;
  }
}
