import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { isDuplicateKey } from '../../../../platform/database/transaction.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import { Scheduling, type LicenceClass } from '../../../schools/index.js';
import { StudentDirectory, type StudentRecord } from '../../../students/index.js';
import { Calendar } from '../../domain/calendar/claims.js';
import { ExamPlanned } from '../domain/exam-events.js';
import { ExamPlannedAlready, InvalidExam } from '../domain/exam-problems.js';
import { feeMinorOn } from '../domain/exam-settings.js';
import type { ExamKind, FeeStatus } from '../domain/exam-state.js';
import { Exam } from '../domain/exam.js';
import { ExamReader, type ExamView } from '../queries/exam-reader.js';
import { RetryWait } from '../queries/retry-wait.js';
import { ExamDrafts } from './exam-drafts.js';
import { ExamPlacer, type ExamDraft } from './exam-placer.js';

export interface PlanExamCommand {
  readonly studentId: Id;
  readonly kind: ExamKind;
  /** The student's, when left out. */
  readonly licenceClass?: LicenceClass;
  readonly startsAt: Date;
  readonly minutes: number;
  readonly setupMinutes?: number;
  readonly bufferMinutes?: number;
  readonly place: string;
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
  /** What the school's settings say for the date, when left out. */
  readonly fee?: { readonly amount: number; readonly currency: string };
  readonly feeStatus?: FeeStatus;
}

/** Writes an exam into the diary: it claims the student, and a practical one its teacher and vehicle. */
@Injectable()
export class PlanExam {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: StudentDirectory,
    private readonly scheduling: Scheduling,
    private readonly drafts: ExamDrafts,
    private readonly placer: ExamPlacer,
    private readonly calendar: Calendar,
    private readonly retryWait: RetryWait,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly reader: ExamReader,
  ) {}

  /** @throws ExamTimeTaken | ExamPlannedAlready | RetryTooSoon | StudentNotFound, or what ExamDrafts refuses */
  async execute(actor: Actor, command: PlanExamCommand): Promise<ExamView> {
    const student = await this.students.get(command.studentId);
    const { currency } = await this.scheduling.school();
    checkFee(command, currency);
    const { kind, licenceClass = student.licenceClass, startsAt, minutes, place } = command;
    const { setupMinutes = 0, bufferMinutes = 0, teacherId = null, vehicleId = null } = command;
    const time = { startsAt, minutes, setupMinutes, bufferMinutes, place, teacherId, vehicleId };
    const draft = await this.drafts.draft(actor, { id: newId(), kind, licenceClass, student, ...time });
    const exam = this.examOf(actor, command, { draft, student, licenceClass, currency });
    return this.placer.place(draft, () => this.plan(draft, exam()));
  }

  @AnsweringTransaction()
  private async plan({ id, claims, rules, zone }: ExamDraft, exam: Exam): Promise<ExamView> {
    await this.calendar.claim({ resources: claims, claimedBy: id });
    await this.em.persist(exam).flush().catch(namingTheOther);
    // After its row: by now no other exam of the kind is ahead, and what became of the last is written.
    await this.retryWait.check(exam, rules, zone);
    await this.outbox.record(new ExamPlanned({ examId: id }));
    await this.audit.record({ action: 'exam.planned', subjectId: id, details: exam.auditDetails });
    return this.reader.get(id);
  }

  /** Made anew in each round: what a transaction that was rolled back has written is no new row any more. */
  private examOf(
    actor: Actor,
    { kind, fee, feeStatus = 'unpaid' }: PlanExamCommand,
    { draft: { id, time, rules, zone }, student, licenceClass, currency }: Planned,
  ): () => Exam {
    const feeMinor = fee?.amount ?? feeMinorOn(rules, kind, localDate(time.startsAt, zone));
    const who = { id, schoolId: actor.schoolId, studentId: student.id, createdBy: actor.id };
    return () => Exam.plan({ ...who, kind, licenceClass, ...time, feeMinor, currency, feeStatus }, this.clock.now());
  }
}

interface Planned {
  readonly draft: ExamDraft;
  readonly student: StudentRecord;
  readonly licenceClass: LicenceClass;
  readonly currency: string;
}

/** @throws InvalidExam */
export function checkFee({ fee }: Pick<PlanExamCommand, 'fee'>, currency: string): void {
  if (!fee || (fee.amount >= 0 && fee.currency === currency)) return;
  const message = {
    en: `must be an amount in ${currency} that is not negative`,
    da: `skal være et beløb i ${currency}, der ikke er negativt`,
  };
  throw new InvalidExam([{ field: 'fee', message }]);
}

function namingTheOther(error: unknown): never {
  throw isDuplicateKey(error, 'exams_planned_once') ? new ExamPlannedAlready() : error;
}
