import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byInstant, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import type { LicenceClass } from '../../../schools/index.js';
import { ofStudents, type StudentsInReach } from '../../../students/index.js';
import type { Named } from '../../domain/diary-item.js';
import { namedIfAny } from '../../domain/diary-item.js';
import { ExamNotFound } from '../domain/exam-problems.js';
import type { ExamKind, ExamState, FeeStatus } from '../domain/exam-state.js';
import { examsWithParties } from './exams-with-parties.js';

/** An exam with the names that a list shows. */
export interface ExamView {
  readonly id: Id;
  readonly kind: ExamKind;
  readonly licenceClass: LicenceClass;
  readonly state: ExamState;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  readonly place: string;
  readonly student: Named;
  readonly teacher: Named | null;
  readonly vehicle: Named | null;
  readonly fee: Money;
  readonly feeStatus: FeeStatus;
  /** Until and including this instant cancelling is free. */
  readonly cancelBy: Date;
  /** Whether it was cancelled by then; null when it was not cancelled. */
  readonly cancelledInTime: boolean | null;
  readonly note: string | null;
  readonly reportedAt: Date | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  readonly createdAt: Date;
}

export const examList = new List({
  id: 'exams.id',
  sorts: { startsAt: byInstant('exams.starts_at') },
  defaultSort: 'startsAt',
  filters: {
    teacherId: isIdOf('exams.teacher_id'),
    kind: is<ExamKind>('exams.kind'),
    state: is<ExamState>('exams.state'),
    feeStatus: is<FeeStatus>('exams.fee_status'),
  },
});

export type ExamsAsked = Asked<typeof examList>;

/** Reads of the current school's exams, by index. */
@Injectable()
export class ExamReader {
  constructor(private readonly em: EntityManager) {}

  /** @throws ExamNotFound */
  async get(id: Id): Promise<ExamView> {
    const row = await this.exams.where('exams.id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new ExamNotFound();
    return viewOf(row);
  }

  /** Exams of these students that start in the range. */
  async list(range: TimeRange, students: StudentsInReach, asked: ExamsAsked): Promise<Page<ExamView>> {
    const starting = this.exams
      .where('exams.starts_at', '>=', range.start)
      .where('exams.starts_at', '<', range.end)
      .where(ofStudents(students, 'exams.student_id'));
    return mapPage(await examList.page(starting, asked), viewOf);
  }

  private get exams() {
    return examsIn(this.em);
  }
}

function examsIn(em: EntityManager) {
  return (
    examsWithParties(em)
      // Exams first, in the order of their index, as in the diary.
      .modifyFront(sql`straight_join`)
      .select(['exams.id', 'exams.kind', 'exams.licence_class as licenceClass', 'exams.state', 'exams.place'])
      .select(['exams.starts_at as startsAt', 'exams.ends_at as endsAt', 'exams.cancel_by as cancelBy'])
      .select(['exams.setup_minutes as setupMinutes', 'exams.buffer_minutes as bufferMinutes'])
      .select(['exams.fee_minor', 'exams.currency', 'exams.fee_status as feeStatus', 'exams.note'])
      .select(['exams.reported_at as reportedAt', 'exams.cancelled_at as cancelledAt'])
      .select(['exams.cancel_reason as cancelReason', 'exams.created_at as createdAt'])
      .select(['students.id as student_id', 'students.name as student_name'])
      .select(['teachers.id as teacher_id', 'teachers.name as teacher_name'])
      .select(['vehicles.id as vehicle_id', 'vehicles.name as vehicle_name'])
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof examsIn>['execute']>>[number];

function viewOf(row: Row): ExamView {
  const { student_id, student_name, teacher_id, teacher_name, vehicle_id, vehicle_name, ...rest } = row;
  const { fee_minor, currency, ...exam } = rest;
  return {
    ...exam,
    student: { id: student_id, name: student_name },
    teacher: namedIfAny(teacher_id, teacher_name),
    vehicle: namedIfAny(vehicle_id, vehicle_name),
    fee: Money.of(fee_minor, currency),
    cancelledInTime: exam.cancelledAt === null ? null : exam.cancelledAt <= exam.cancelBy,
  };
}
