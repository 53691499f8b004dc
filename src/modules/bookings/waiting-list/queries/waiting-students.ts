import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { weekdaysOf, type WishedTimes } from '../domain/waiting-list-entry.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

/** Somebody who waits, and for what. */
export interface WaitingStudent extends WishedTimes {
  readonly entryId: Id;
  readonly studentId: Id;
  readonly studentResourceId: number;
  readonly lessonTypeId: Id;
}

/** A time that is to be offered. */
export interface TimeToOffer {
  readonly teacherId: Id;
  /** Of the lesson that was there. */
  readonly date: LocalDate;
  /** Whose lesson it was: he is asked only when he wants to be. */
  readonly studentId: Id;
}

/** More than that are never looked at for one time: the first of them have waited longest. */
const mostLookedAt = 200;
/** Somebody with so many unanswered offers is not asked for another. */
const mostOpenOffers = 3;

/** Who waits for a lesson with a teacher on a date, longest first. */
@Injectable()
export class WaitingStudents {
  constructor(private readonly em: EntityManager) {}

  async isAnybodyWaiting(time: TimeToOffer): Promise<boolean> {
    return (await this.waiting(time).select('waiting_list_entries.id').limit(1).execute()).length > 0;
  }

  /** Those who have not been asked in that round. */
  async notAsked(time: TimeToOffer, roundId: Id): Promise<WaitingStudent[]> {
    const rows = await this.waiting(time)
      .innerJoin('students', (on) =>
        on
          .onRef('students.school_id', '=', 'waiting_list_entries.school_id')
          .onRef('students.id', '=', 'waiting_list_entries.student_id'),
      )
      .select(['waiting_list_entries.id as entryId', 'waiting_list_entries.student_id as studentId'])
      .select(['students.resource_id as studentResourceId', 'waiting_list_entries.lesson_type_id as lessonTypeId'])
      .select(['waiting_list_entries.weekdays', 'waiting_list_entries.earliest', 'waiting_list_entries.latest'])
      .select(['waiting_list_entries.from_date as fromDate', 'waiting_list_entries.until_date as untilDate'])
      .select('waiting_list_entries.notice_minutes as noticeMinutes')
      .where('students.status', '=', 'active')
      .where(
        sql<boolean>`not exists (select 1 from offers where offers.school_id = waiting_list_entries.school_id
          and offers.round_id = ${bin(roundId)} and offers.student_id = waiting_list_entries.student_id)`,
      )
      .where(
        sql<boolean>`(select count(*) from offers where offers.school_id = waiting_list_entries.school_id
          and offers.student_id = waiting_list_entries.student_id and offers.state = 'open') < ${mostOpenOffers}`,
      )
      .orderBy('waiting_list_entries.id')
      .limit(mostLookedAt)
      .execute();
    return rows.map((row) => ({ ...row, weekdays: weekdaysOf(row.weekdays) }));
  }

  private waiting({ teacherId, date, studentId }: TimeToOffer) {
    return schoolQuery<WaitingListTables>(this.em)
      .selectFrom('waiting_list_entries')
      .where('waiting_list_entries.state', '=', 'active')
      .where('waiting_list_entries.from_date', '<=', date)
      .where('waiting_list_entries.until_date', '>=', date)
      .where(
        sql<boolean>`(waiting_list_entries.teacher_id is null or waiting_list_entries.teacher_id = ${bin(teacherId)})`,
      )
      .where(sql<boolean>`(waiting_list_entries.own_times or waiting_list_entries.student_id <> ${bin(studentId)})`);
  }
}
