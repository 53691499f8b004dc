import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { ExamReported } from '../domain/exam-events.js';
import type { ExamResult } from '../domain/exam-state.js';
import { ExamReader, type ExamView } from '../queries/exam-reader.js';
import { ExamsAtHand } from './exams-at-hand.js';

export interface ReportExamCommand {
  readonly result: ExamResult;
  readonly note?: string;
}

/** Writes down how an exam went, or puts right what was written down. */
@Injectable()
export class ReportExam {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly exams: ExamsAtHand,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly reader: ExamReader,
  ) {}

  /** @throws ExamNotFound | ExamClosed | ExamNotStarted | BookingChanged */
  async execute(examId: Id, command: ReportExamCommand): Promise<ExamView> {
    return againWhenChanged(() => this.report(examId, command));
  }

  @AnsweringTransaction()
  private async report(examId: Id, { result, note }: ReportExamCommand): Promise<ExamView> {
    const exam = await this.exams.load(examId);
    exam.report(result, note ?? null, this.clock.now());
    await this.em.flush();
    await this.outbox.record(new ExamReported({ examId, result }));
    const details = { studentId: exam.studentId, kind: exam.kind, result };
    await this.audit.record({ action: 'exam.reported', subjectId: examId, details });
    return this.reader.get(examId);
  }
}
