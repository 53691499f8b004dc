import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { changedFields } from '../../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../../platform/http/conditional/precondition.js';
import { given } from '../../../../platform/values/given.js';
import type { Id } from '../../../../platform/values/id.js';
import { ExamNotFound } from '../domain/exam-problems.js';
import type { FeeStatus } from '../domain/exam-state.js';
import { Exam } from '../domain/exam.js';
import { ExamReader, type ExamView } from '../queries/exam-reader.js';
import { checkFee } from './plan-exam.js';

export interface UpdateExamCommand {
  readonly place?: string;
  readonly note?: string | null;
  readonly fee?: { readonly amount: number; readonly currency: string };
  readonly feeStatus?: FeeStatus;
}

/** Changes what is known about an exam, but not when it is. */
@Injectable()
export class UpdateExam {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly reader: ExamReader,
  ) {}

  /** @throws ExamNotFound | InvalidExam */
  @Transaction()
  async execute(examId: Id, { fee, ...command }: UpdateExamCommand): Promise<ExamView> {
    const exam = await this.em.findOne(Exam, { id: examId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!exam) throw new ExamNotFound();
    checkFee({ ...(fee && { fee }) }, exam.currency);
    await assertAsSeen(() => this.reader.get(examId));
    const change = { ...command, ...given({ feeMinor: fee?.amount }) };
    const fields = changedFields(exam, change);
    exam.change(change);
    await this.em.flush();
    await this.audit.record({ action: 'exam.updated', subjectId: examId, details: { fields } });
    return this.reader.get(examId);
  }
}
