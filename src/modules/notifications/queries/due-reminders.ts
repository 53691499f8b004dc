import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql, type RawBuilder } from 'kysely';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { splitLeads, type LessonTypeSchema, type SchoolSchema } from '../../schools/index.js';
import type { RemindedOf } from '../domain/reminder.js';

/** One reminder of one student that has come due and was not decided. */
export interface DueReminder {
  readonly about: RemindedOf;
  readonly schoolId: Id;
  readonly subjectId: Id;
  readonly userId: Id;
  readonly startsAt: Date;
  readonly leadMinutes: number;
  /** Every lead time that holds for the subject. */
  readonly leads: readonly number[];
  /** Since when it stands; null where messages alone tell. */
  readonly madeAt: Date | null;
  /** It is not as it was made: it may have been moved together with others. */
  readonly wasChanged: boolean;
}

export interface DueSpan {
  /** What began until then was decided in time. */
  readonly since: Date;
  readonly now: Date;
}

type Row = Omit<DueReminder, 'about' | 'leads' | 'wasChanged'> & { leads: string; wasChanged: number };

/** Where appointments of a kind stand, as `it`; who is to come, and the lead times that hold for him. */
interface Source {
  readonly from: RawBuilder<unknown>;
  readonly studentId: RawBuilder<unknown>;
  readonly list: RawBuilder<unknown>;
  readonly states: readonly string[];
  readonly madeAt: RawBuilder<unknown>;
  readonly wasChanged: RawBuilder<unknown>;
}

const sources: Record<RemindedOf, Source> = {
  lesson: {
    from: sql`bookings AS it
      JOIN lesson_types ON lesson_types.school_id = it.school_id AND lesson_types.id = it.lesson_type_id`,
    studentId: sql`it.student_id`,
    list: sql`coalesce(lesson_types.reminders, schools.lesson_reminders)`,
    states: ['booked', 'completed', 'no_show'],
    madeAt: sql`it.created_at`,
    wasChanged: sql`it.version > 1`,
  },
  class: {
    from: sql`class_sessions AS it JOIN class_attendances AS seat
      ON seat.school_id = it.school_id AND seat.session_id = it.id AND seat.state <> 'excused'`,
    studentId: sql`seat.student_id`,
    list: sql`schools.class_reminders`,
    states: ['planned'],
    madeAt: sql`NULL`,
    wasChanged: sql`0`,
  },
  exam: {
    from: sql`exams AS it`,
    studentId: sql`it.student_id`,
    list: sql`schools.exam_reminders`,
    states: ['planned', 'passed', 'failed', 'no_show'],
    madeAt: sql`it.created_at`,
    wasChanged: sql`0`,
  },
};

const batch = 500;

/** Reminders that have come due and were not decided yet, of every school: what is nearest first, and a batch at a time. */
@Injectable()
export class DueReminders {
  constructor(private readonly em: EntityManager) {}

  async find(about: RemindedOf, span: DueSpan): Promise<DueReminder[]> {
    const leads = await this.leadsInUse(about);
    if (leads.length === 0) return [];
    const { rows } = await dueRows(sources[about], span, leads).execute(globalQuery<object>(this.em));
    return rows.map(({ leads: list, wasChanged, ...row }) => ({
      ...row,
      about,
      leads: splitLeads(list),
      wasChanged: Boolean(wasChanged),
    }));
  }

  /** The few different ones of all schools. */
  private async leadsInUse(about: RemindedOf): Promise<number[]> {
    const db = globalQuery<Tables<typeof SchoolSchema | typeof LessonTypeSchema>>(this.em);
    const schools = await db.selectFrom('schools').select(`${about}_reminders as list`).distinct().execute();
    const types =
      about === 'lesson' ? await db.selectFrom('lesson_types').select('reminders as list').distinct().execute() : [];
    return [...new Set([...schools, ...types].flatMap(({ list }) => splitLeads(list ?? '')))];
  }
}

function dueRows(source: Source, { since, now }: DueSpan, leads: readonly number[]): RawBuilder<Row> {
  const furthest = new Date(now.getTime() + Math.max(...leads) * 60_000);
  const each = sql.join(
    leads.map((minutes) => sql`SELECT ${sql.lit(minutes)} AS minutes`),
    sql` UNION ALL `,
  );
  // The first bounds are for the index, that of the lead time is its own (LEAD is a reserved word).
  return sql<Row>`
    SELECT STRAIGHT_JOIN it.school_id AS schoolId, it.id AS subjectId, students.user_id AS userId, it.starts_at AS startsAt,
      due.minutes AS leadMinutes, ${source.list} AS leads, ${source.madeAt} AS madeAt, ${source.wasChanged} AS wasChanged
    FROM ${source.from}
    JOIN schools ON schools.id = it.school_id
    JOIN (${each}) AS due ON it.starts_at <= ${now} + INTERVAL due.minutes MINUTE AND find_in_set(due.minutes, ${source.list}) > 0
    JOIN students ON students.school_id = it.school_id AND students.id = ${source.studentId}
    LEFT JOIN reminders AS mark ON mark.school_id = it.school_id AND mark.subject_id = it.id
      AND mark.starts_at = it.starts_at AND mark.lead_minutes = due.minutes AND mark.user_id = students.user_id
    WHERE it.state IN (${sql.join(source.states)}) AND it.starts_at > ${since} AND it.starts_at <= ${furthest}
      AND mark.subject_id IS NULL
    ORDER BY it.starts_at
    LIMIT ${sql.lit(batch)}`;
}
