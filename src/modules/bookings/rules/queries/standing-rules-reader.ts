import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { LessonLimit, LimitScope } from '../../domain/booking-rule.js';
import { occupyingStates } from '../../domain/booking-state.js';
import type { BookingSchema } from '../../domain/booking.js';
import type { Prepayment, StudentBookingRulesSchema } from '../domain/settings.js';
import type { CountedLesson, StandingRules } from '../domain/standing-rules.js';

interface Row {
  readonly studentsBook: boolean | null;
  readonly noticeMinutes: number | null;
  readonly horizonDays: number | null;
  readonly arrearsLimit: number | null;
  readonly holdMinutes: number | null;
  readonly open: boolean | null;
  readonly openUntil: LocalDate | null;
  readonly prepayment: Prepayment | null;
  readonly depositMinor: number | null;
  readonly theoryPercent: number | null;
  readonly typeDay: number | null;
  readonly typeWeek: number | null;
  readonly studentDay: number | null;
  readonly studentWeek: number | null;
  readonly schoolDay: number | null;
  readonly schoolWeek: number | null;
}

const DEFAULT_HOLD_MINUTES = 30;

/** Reads what the school's booking rules are made of: each by its key. */
@Injectable()
export class StandingRulesReader {
  constructor(private readonly em: EntityManager) {}

  /** One statement, whatever was said of school, type and student. */
  async of(lessonTypeId: Id, studentId?: Id): Promise<StandingRules> {
    const school = bin(currentSchool());
    const { rows } = await sql<Row>`
      SELECT s.students_book AS studentsBook, COALESCE(t.notice_minutes, s.notice_minutes) AS noticeMinutes,
        COALESCE(t.horizon_days, s.horizon_days) AS horizonDays, s.arrears_limit_minor AS arrearsLimit, s.hold_minutes AS holdMinutes,
        p.open, p.open_until AS openUntil, t.prepayment, t.deposit_minor AS depositMinor, t.theory_percent AS theoryPercent,
        t.max_per_day AS typeDay, t.max_per_week AS typeWeek, p.max_per_day AS studentDay, p.max_per_week AS studentWeek,
        s.max_per_day AS schoolDay, s.max_per_week AS schoolWeek
      FROM (SELECT 1) AS one
        LEFT JOIN booking_settings s ON s.school_id = ${school}
        LEFT JOIN lesson_type_rules t ON t.school_id = ${school} AND t.lesson_type_id = ${bin(lessonTypeId)}
        LEFT JOIN student_booking_rules p ON p.school_id = ${school} AND p.student_id = ${studentId ? bin(studentId) : null}
    `.execute(globalQuery<object>(this.em));
    return rulesOf(rows[0]!);
  }

  /** The student's lessons that start in the range and take his time; a hold that ran out does not. */
  async lessons(studentId: Id, range: TimeRange, now: Date, except: readonly Id[] = []): Promise<CountedLesson[]> {
    return schoolQuery<Tables<typeof BookingSchema>>(this.em)
      .selectFrom('bookings')
      .select(['starts_at as startsAt', 'lesson_type_id as lessonTypeId'])
      .where('student_id', '=', bin(studentId))
      .where('starts_at', '>=', range.start)
      .where('starts_at', '<', range.end)
      .where('state', 'in', occupyingStates)
      .where((row) => row.or([row('held_until', 'is', null), row('held_until', '>', now)]))
      .$if(except.length > 0, (query) => query.where('id', 'not in', bins(except)))
      .execute();
  }

  /** Makes this transaction and any other that counts the student's lessons wait for each other. */
  async bumpVersion(studentId: Id): Promise<void> {
    await globalQuery<Tables<typeof StudentBookingRulesSchema>>(this.em)
      .insertInto('student_booking_rules')
      .values({ school_id: bin(currentSchool()), student_id: bin(studentId) })
      .onDuplicateKeyUpdate({ version: sql`version + 1` })
      .execute();
  }
}

function rulesOf(row: Row): StandingRules {
  return {
    noticeMinutes: row.noticeMinutes ?? 0,
    horizonDays: row.horizonDays,
    open: row.open,
    openUntil: row.openUntil,
    studentsBook: row.studentsBook ?? true,
    arrearsLimit: row.arrearsLimit,
    holdMinutes: row.holdMinutes ?? DEFAULT_HOLD_MINUTES,
    prepayment: row.prepayment ?? 'none',
    depositMinor: row.depositMinor,
    theoryPercent: row.theoryPercent,
    limits: [
      ...limits('lesson_type', row.typeDay, row.typeWeek),
      ...limits('student', row.studentDay, row.studentWeek),
      ...limits('school', row.schoolDay, row.schoolWeek),
    ],
  };
}

function limits(scope: LimitScope, day: number | null, week: number | null): LessonLimit[] {
  return [
    ...(day === null ? [] : [{ rule: 'day_limit' as const, scope, most: day }]),
    ...(week === null ? [] : [{ rule: 'week_limit' as const, scope, most: week }]),
  ];
}
