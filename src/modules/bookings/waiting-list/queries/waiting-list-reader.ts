import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate, LocalTime } from '../../../../platform/values/zone.js';
import { ofStudents, OwnStudents } from '../../../students/index.js';
import type { Named } from '../../domain/diary-item.js';
import { namedIfAny } from '../../domain/diary-item.js';
import type { EntryState } from '../domain/entry-state.js';
import { weekdaysOf } from '../domain/waiting-list-entry.js';
import { EntryNotFound } from '../domain/waiting-list-problems.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

export interface EntryView {
  readonly id: Id;
  readonly state: EntryState;
  readonly student: Named;
  readonly lessonType: Named;
  readonly teacher: Named | null;
  readonly weekdays: readonly number[];
  readonly earliest: LocalTime;
  readonly latest: LocalTime;
  readonly fromDate: LocalDate;
  readonly untilDate: LocalDate;
  readonly noticeMinutes: number;
  readonly ownTimes: boolean;
  readonly bookingId: Id | null;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}

export const entryList = new List({
  id: 'waiting_list_entries.id',
  sorts: { createdAt: byAge },
  defaultSort: 'createdAt',
  filters: {
    state: is<EntryState>('waiting_list_entries.state'),
    lessonTypeId: isIdOf('waiting_list_entries.lesson_type_id'),
  },
});

export type EntriesAsked = Asked<typeof entryList> & { readonly studentId?: Id };

/** The waiting list as its reader may see it: staff the school's, everybody else his own students' places. */
@Injectable()
export class WaitingListReader {
  constructor(
    private readonly em: EntityManager,
    private readonly students: OwnStudents,
  ) {}

  /** @throws EntryNotFound also when it is somebody else's */
  async get(actor: Actor, entryId: Id): Promise<EntryView> {
    const row = await entriesIn(this.em)
      .where('waiting_list_entries.id', '=', bin(entryId))
      .where(ofStudents(await this.students.of(actor), 'waiting_list_entries.student_id'))
      .executeTakeFirst();
    if (!row) throw new EntryNotFound();
    return viewOf(row);
  }

  /** @throws StudentNotFound also when somebody asks for another's */
  async list(actor: Actor, asked: EntriesAsked): Promise<Page<EntryView>> {
    const reach = await this.students.asked(actor, asked.studentId);
    const rows = entriesIn(this.em).where(ofStudents(reach, 'waiting_list_entries.student_id'));
    return mapPage(await entryList.page(rows, asked), viewOf);
  }
}

function entriesIn(em: EntityManager) {
  return schoolQuery<WaitingListTables>(em)
    .selectFrom('waiting_list_entries')
    .innerJoin('students', (on) =>
      on
        .onRef('students.school_id', '=', 'waiting_list_entries.school_id')
        .onRef('students.id', '=', 'waiting_list_entries.student_id'),
    )
    .innerJoin('lesson_types', (on) =>
      on
        .onRef('lesson_types.school_id', '=', 'waiting_list_entries.school_id')
        .onRef('lesson_types.id', '=', 'waiting_list_entries.lesson_type_id'),
    )
    .leftJoin('teachers', (on) =>
      on
        .onRef('teachers.school_id', '=', 'waiting_list_entries.school_id')
        .onRef('teachers.id', '=', 'waiting_list_entries.teacher_id'),
    )
    .modifyFront(sql`straight_join`)
    .select(['waiting_list_entries.id', 'waiting_list_entries.state', 'waiting_list_entries.weekdays'])
    .select(['waiting_list_entries.earliest', 'waiting_list_entries.latest'])
    .select(['waiting_list_entries.from_date as fromDate', 'waiting_list_entries.until_date as untilDate'])
    .select(['waiting_list_entries.notice_minutes as noticeMinutes', 'waiting_list_entries.own_times as ownTimes'])
    .select(['waiting_list_entries.booking_id as bookingId', 'waiting_list_entries.created_at as createdAt'])
    .select('waiting_list_entries.closed_at as closedAt')
    .select(['students.id as student_id', 'students.name as student_name'])
    .select(['lesson_types.id as lesson_type_id', 'lesson_types.name as lesson_type_name'])
    .select(['teachers.id as teacher_id', 'teachers.name as teacher_name']);
}

type Row = Awaited<ReturnType<ReturnType<typeof entriesIn>['execute']>>[number];

function viewOf(row: Row): EntryView {
  const { student_id, student_name, lesson_type_id, lesson_type_name, teacher_id, teacher_name, ...entry } = row;
  return {
    ...entry,
    weekdays: weekdaysOf(entry.weekdays),
    student: { id: student_id, name: student_name },
    lessonType: { id: lesson_type_id, name: lesson_type_name },
    teacher: namedIfAny(teacher_id, teacher_name),
  };
}
