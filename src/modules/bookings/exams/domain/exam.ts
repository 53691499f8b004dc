import { defineEntity } from '@mikro-orm/core';
import type { AuditDetails } from '../../../../platform/audit/audit.entities.js';
import {
  amount,
  bool,
  code,
  currency,
  id,
  instant,
  int,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import { given } from '../../../../platform/values/given.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import type { LicenceClass } from '../../../schools/index.js';
import { ExamNotStarted } from './exam-problems.js';
import type { ExamKind, ExamResult, ExamState, FeeStatus } from './exam-state.js';
import { checkVerb } from './exam-transitions.js';

export const ExamSchema = defineEntity({
  name: 'Exam',
  tableName: 'exams',
  ...schoolScoped,
  uniques: [
    { name: 'exams_school_id', properties: ['schoolId', 'id'] },
    { name: 'exams_planned_once', properties: ['schoolId', 'studentId', 'plannedAs'] },
  ],
  indexes: [
    { name: 'exams_diary', properties: ['schoolId', 'startsAt', 'id'] },
    { name: 'exams_student', properties: ['schoolId', 'studentId', 'startsAt', 'id'] },
    { name: 'exams_teacher', properties: ['schoolId', 'teacherId', 'startsAt', 'id'] },
    { name: 'exams_vehicle', properties: ['schoolId', 'vehicleId', 'startsAt', 'id'] },
    { name: 'exams_starting', properties: ['startsAt', 'state'] },
    { name: 'exams_deadline', properties: ['state', 'deadlineTold', 'cancelBy'] },
  ],
  properties: {
    id: id().primary(),
    schoolId: id(),
    studentId: id(),
    kind: code<ExamKind>(),
    licenceClass: code<LicenceClass>(),
    startsAt: instant(),
    endsAt: instant(),
    setupMinutes: int(),
    bufferMinutes: int(),
    place: text(160),
    /** Of a practical exam alone. */
    teacherId: id().nullable(),
    vehicleId: id().nullable(),
    state: code<ExamState>(),
    /** Kind and class while the exam lies ahead: a student has one of each at a time. */
    plannedAs: text(60).nullable(),
    /** Until and including this instant cancelling is free. */
    cancelBy: instant(),
    deadlineTold: bool().default(false),
    feeMinor: amount(),
    currency: currency(),
    feeStatus: code<FeeStatus>(),
    note: text(500).nullable(),
    reportedAt: instant().nullable(),
    cancelledAt: instant().nullable(),
    cancelReason: text(500).nullable(),
    version: int().version(),
    createdBy: id(),
    createdAt: instant(),
    /** The database's own: calendar feeds tell it. */
    changedAt: instant().defaultRaw('current_timestamp(3)').extra('on update current_timestamp(3)'),
  },
});

/** When and with whom an exam takes place. */
export interface ExamTime {
  readonly startsAt: Date;
  readonly minutes: number;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  readonly place: string;
  readonly teacherId: Id | null;
  readonly vehicleId: Id | null;
  readonly cancelBy: Date;
}

export interface NewExam extends ExamTime {
  readonly id: Id;
  readonly schoolId: Id;
  readonly studentId: Id;
  readonly kind: ExamKind;
  readonly licenceClass: LicenceClass;
  readonly feeMinor: number;
  readonly currency: string;
  readonly feeStatus: FeeStatus;
  readonly createdBy: Id;
}

export interface ExamChange {
  readonly place?: string;
  readonly note?: string | null;
  readonly feeMinor?: number;
  readonly feeStatus?: FeeStatus;
}

/** A theory or practical test of one student: an appointment with the authorities. */
export class Exam extends ExamSchema.class {
  static plan({ id: examId, minutes, ...details }: NewExam, at: Date): Exam {
    return Object.assign(new Exam(), details, {
      id: examId,
      endsAt: TimeRange.ofMinutes(details.startsAt, minutes).end,
      state: 'planned' as const,
      plannedAs: `${details.kind}:${details.licenceClass}`,
      deadlineTold: false,
      note: null,
      reportedAt: null,
      cancelledAt: null,
      cancelReason: null,
      createdAt: at,
    });
  }

  /** What the audit log says of it. */
  get auditDetails(): AuditDetails {
    const { studentId, kind, startsAt, teacherId, vehicleId } = this;
    return {
      studentId,
      kind,
      startsAt: startsAt.toISOString(),
      teacherId: teacherId ?? null,
      vehicleId: vehicleId ?? null,
    };
  }

  get minutes(): number {
    return new TimeRange(this.startsAt, this.endsAt).minutes;
  }

  /** @throws ExamClosed */
  move({ minutes, ...to }: ExamTime): void {
    checkVerb(this.state, 'move');
    Object.assign(this, to, { endsAt: TimeRange.ofMinutes(to.startsAt, minutes).end, deadlineTold: false });
  }

  /** @throws ExamClosed */
  cancel(reason: string | null, at: Date): void {
    checkVerb(this.state, 'cancel');
    Object.assign(this, { state: 'cancelled', plannedAs: null, cancelledAt: at, cancelReason: reason });
  }

  /** Also puts a result right that was written down wrongly. @throws ExamClosed | ExamNotStarted */
  report(result: ExamResult, note: string | null, at: Date): void {
    checkVerb(this.state, 'report');
    if (at < this.startsAt) throw new ExamNotStarted();
    Object.assign(this, { state: result, plannedAs: null, reportedAt: at, note });
  }

  change(change: ExamChange): void {
    Object.assign(this, given(change));
  }
}
ExamSchema.setClass(Exam);
