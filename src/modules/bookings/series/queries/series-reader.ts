import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate, LocalTime } from '../../../../platform/values/zone.js';
import { ofStudents, OwnStudents, type StudentSchema } from '../../../students/index.js';
import type { LessonTypeSchema } from '../../../schools/index.js';
import type { Named } from '../../domain/diary-item.js';
import { Diary, type DiaryEntry } from '../../queries/diary.js';
import type { BookingSeriesSchema, LeftOutDate } from '../domain/booking-series.js';
import { SeriesNotFound } from '../domain/series-problems.js';
import { storedJson } from '../../../../platform/database/stored-json.js';

type Db = Tables<typeof BookingSeriesSchema | typeof StudentSchema | typeof LessonTypeSchema>;

/** What was agreed when the lessons were booked. */
export interface SeriesView {
  readonly id: Id;
  readonly student: Named;
  readonly lessonType: Named;
  /** Null: whoever was free. */
  readonly teacherId: Id | null;
  readonly vehicleId: Id | null;
  readonly weekdays: readonly number[];
  readonly time: LocalTime;
  readonly everyWeeks: number;
  readonly firstDate: LocalDate;
  readonly lastDate: LocalDate;
  /** Dates that got no lesson, and why. */
  readonly leftOut: readonly LeftOutDate[];
  readonly createdAt: Date;
}

/** With its lessons as they stand now, in order of time; cancelled ones too. */
export interface SeriesWithLessons extends SeriesView {
  readonly lessons: readonly DiaryEntry[];
}

export const seriesList = new List({
  id: 'booking_series.id',
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
});

export type SeriesAsked = Asked<typeof seriesList> & { readonly studentId?: Id };

/** Reads of the current school's series. */
@Injectable()
export class SeriesReader {
  constructor(
    private readonly em: EntityManager,
    private readonly diary: Diary,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws SeriesNotFound also when it is another student's: to him it does not exist */
  async get(actor: Actor, id: Id): Promise<SeriesWithLessons> {
    const row = await this.rows.where('booking_series.id', '=', bin(id)).executeTakeFirst();
    if (!row || !(await this.ownStudents.includes(actor, row.student_id))) throw new SeriesNotFound();
    return { ...viewOf(row), lessons: await this.diary.ofSeries(actor, id) };
  }

  /** @throws StudentNotFound also when a student asks for another's */
  async list(actor: Actor, asked: SeriesAsked): Promise<Page<SeriesView>> {
    const students = await this.ownStudents.asked(actor, asked.studentId);
    const rows = this.rows.where(ofStudents(students, 'booking_series.student_id'));
    return mapPage(await seriesList.page(rows, asked), viewOf);
  }

  private get rows() {
    return rowsIn(this.em);
  }
}

function rowsIn(em: EntityManager) {
  return schoolQuery<Db>(em)
    .selectFrom('booking_series')
    .innerJoin('students', (on) =>
      on
        .onRef('students.school_id', '=', 'booking_series.school_id')
        .onRef('students.id', '=', 'booking_series.student_id'),
    )
    .innerJoin('lesson_types', (on) =>
      on
        .onRef('lesson_types.school_id', '=', 'booking_series.school_id')
        .onRef('lesson_types.id', '=', 'booking_series.lesson_type_id'),
    )
    .select(['booking_series.id', 'booking_series.teacher_id', 'booking_series.vehicle_id'])
    .select(['booking_series.weekdays', 'booking_series.starts', 'booking_series.every_weeks'])
    .select(['booking_series.first_date', 'booking_series.last_date', 'booking_series.left_out'])
    .select(['booking_series.created_at', 'students.id as student_id', 'students.name as student_name'])
    .select(['lesson_types.id as lesson_type_id', 'lesson_types.name as lesson_type_name']);
}

type Row = Awaited<ReturnType<ReturnType<typeof rowsIn>['execute']>>[number];

function viewOf(row: Row): SeriesView {
  return {
    id: row.id,
    student: { id: row.student_id, name: row.student_name },
    lessonType: { id: row.lesson_type_id, name: row.lesson_type_name },
    teacherId: row.teacher_id,
    vehicleId: row.vehicle_id,
    weekdays: storedJson(row.weekdays),
    time: row.starts,
    everyWeeks: row.every_weeks,
    firstDate: row.first_date,
    lastDate: row.last_date,
    leftOut: storedJson(row.left_out),
    createdAt: row.created_at,
  };
}
