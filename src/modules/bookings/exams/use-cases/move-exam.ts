import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import type { Id } from '../../../../platform/values/id.js';
import { StudentDirectory } from '../../../students/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { ExamMoved } from '../domain/exam-events.js';
import { checkVerb } from '../domain/exam-transitions.js';
import { ExamReader, type ExamView } from '../queries/exam-reader.js';
import { RetryWait } from '../queries/retry-wait.js';
import { ExamDrafts } from './exam-drafts.js';
import { ExamPlacer, type ExamDraft } from './exam-placer.js';
import { ExamsAtHand } from './exams-at-hand.js';

/** What is left out stays as it is. */
export interface MoveExamCommand {
  readonly startsAt: Date;
  readonly minutes?: number;
  readonly setupMinutes?: number;
  readonly bufferMinutes?: number;
  readonly place?: string;
  readonly teacherId?: Id;
  /** Null: without the school's vehicle. */
  readonly vehicleId?: Id | null;
}

/** Gives an exam another time, place, teacher or vehicle; the deadline for cancelling it is counted anew. */
@Injectable()
export class MoveExam {
  constructor(
    readonly em: EntityManager,
    private readonly exams: ExamsAtHand,
    private readonly students: StudentDirectory,
    private readonly drafts: ExamDrafts,
    private readonly placer: ExamPlacer,
    private readonly calendar: Calendar,
    private readonly retryWait: RetryWait,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly reader: ExamReader,
  ) {}

  /** @throws ExamNotFound | ExamClosed | ExamTimeTaken | RetryTooSoon | BookingChanged, or what ExamDrafts refuses */
  async execute(actor: Actor, examId: Id, command: MoveExamCommand): Promise<ExamView> {
    return againWhenChanged(async () => {
      const draft = await this.checked(actor, examId, command);
      return this.placer.place(draft, () => this.moveTo(draft));
    });
  }

  @Transaction()
  private async checked(actor: Actor, examId: Id, command: MoveExamCommand): Promise<ExamDraft> {
    const exam = await this.exams.load(examId);
    checkVerb(exam.state, 'move');
    const { id, kind, licenceClass } = exam;
    return this.drafts.draft(actor, {
      id,
      kind,
      licenceClass,
      student: await this.students.get(exam.studentId),
      startsAt: command.startsAt,
      minutes: command.minutes ?? exam.minutes,
      setupMinutes: command.setupMinutes ?? exam.setupMinutes,
      bufferMinutes: command.bufferMinutes ?? exam.bufferMinutes,
      place: command.place ?? exam.place,
      teacherId: command.teacherId ?? exam.teacherId ?? null,
      vehicleId: command.vehicleId === undefined ? (exam.vehicleId ?? null) : command.vehicleId,
    });
  }

  @AnsweringTransaction()
  private async moveTo({ id, time, claims, rules, zone }: ExamDraft): Promise<ExamView> {
    const exam = await this.exams.load(id);
    const previousStartsAt = exam.startsAt.toISOString();
    const previousTeacherId = exam.teacherId ?? null;
    exam.move(time);
    await this.calendar.move({ resources: claims, claimedBy: id });
    await this.em.flush();
    await this.retryWait.check(exam, rules, zone);
    await this.outbox.record(new ExamMoved({ examId: id, previousStartsAt, previousTeacherId }));
    const details = { ...exam.auditDetails, previousStartsAt };
    await this.audit.record({ action: 'exam.moved', subjectId: id, details });
    return this.reader.get(id);
  }
}
