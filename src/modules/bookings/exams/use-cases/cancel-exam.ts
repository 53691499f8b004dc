import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { ExamCancelled } from '../domain/exam-events.js';
import { ExamReader, type ExamView } from '../queries/exam-reader.js';
import { ExamsAtHand } from './exams-at-hand.js';

/** Takes an exam out of the diary. Cancelling it with the authorities, and their fee, stay the school's to do. */
@Injectable()
export class CancelExam {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly exams: ExamsAtHand,
    private readonly calendar: Calendar,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly reader: ExamReader,
  ) {}

  /** @throws ExamNotFound | ExamClosed | BookingChanged */
  async execute(examId: Id, reason?: string): Promise<ExamView> {
    return againWhenChanged(() => this.cancel(examId, reason ?? null));
  }

  @AnsweringTransaction()
  private async cancel(examId: Id, reason: string | null): Promise<ExamView> {
    const exam = await this.exams.load(examId);
    exam.cancel(reason, this.clock.now());
    await this.calendar.release(examId);
    await this.em.flush();
    await this.outbox.record(new ExamCancelled({ examId }));
    await this.audit.record({ action: 'exam.cancelled', subjectId: examId, details: exam.auditDetails });
    return this.reader.get(examId);
  }
}
