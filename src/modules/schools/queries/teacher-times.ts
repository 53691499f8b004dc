import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery } from '../../../platform/database/query.js';
import { acrossSchools, currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import type { LocalDate, LocalTime } from '../../../platform/values/zone.js';
import { hoursOfText } from '../domain/day-hours.js';
import type { ScheduleRows } from '../domain/schedule-change.js';
import { personalKinds } from '../domain/time-off-kind.js';

interface Row {
  readonly part: 'week' | 'date' | 'away' | 'closed';
  readonly teacherId: Id;
  readonly weekday: number;
  readonly starts: string;
  readonly ends: LocalTime;
  readonly since: LocalDate;
  readonly until: LocalDate | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Who of the current school works when, in one statement: each free time that is asked for waits for it. */
@Injectable()
export class TeacherTimes {
  constructor(private readonly em: EntityManager) {}

  /**
   * What counts on some date from the first to the last, both included, and the time off that overlaps the range. A deactivated
   * teacher has no hours. What keeps a person away from every school counts here too, wherever it was said: the times alone.
   */
  async load(teacherIds: readonly Id[], from: LocalDate, until: LocalDate, range: TimeRange): Promise<ScheduleRows> {
    if (teacherIds.length === 0) return { weeks: [], dates: [], away: [], closed: [] };
    const school = bin(currentSchool());
    const teachers = sql.join(bins(teacherIds));
    const { rows } = await acrossSchools('when a person is away from every school he teaches at', () =>
      sql<Row>`
      SELECT 'week' AS part, h.teacher_id AS teacherId, h.weekday, h.starts, h.ends, h.valid_from AS since, h.valid_until AS until, NULL AS startsAt, NULL AS endsAt
        FROM working_hours h JOIN teachers t ON t.school_id = h.school_id AND t.id = h.teacher_id AND t.active = 1
        WHERE h.school_id = ${school} AND h.teacher_id IN (${teachers}) AND h.valid_from <= ${until} AND (h.valid_until IS NULL OR h.valid_until > ${from})
      UNION ALL SELECT 'date', d.teacher_id, NULL, d.hours, NULL, d.date, NULL, NULL, NULL
        FROM day_hours d JOIN teachers t ON t.school_id = d.school_id AND t.id = d.teacher_id AND t.active = 1
        WHERE d.school_id = ${school} AND d.teacher_id IN (${teachers}) AND d.date BETWEEN ${from} AND ${until}
      UNION ALL SELECT 'closed', NULL, NULL, NULL, NULL, date, NULL, NULL, NULL
        FROM closing_days WHERE school_id = ${school} AND date BETWEEN ${from} AND ${until}
      UNION ALL SELECT 'away', ours.id, NULL, NULL, NULL, NULL, NULL, o.starts_at, o.ends_at
        FROM teachers ours JOIN teachers theirs ON theirs.user_id = ours.user_id
          JOIN time_off o ON o.school_id = theirs.school_id AND o.teacher_id = theirs.id
        WHERE ours.school_id = ${school} AND ours.id IN (${teachers}) AND o.ends_at > ${range.start} AND o.starts_at < ${range.end}
          AND (theirs.school_id = ours.school_id OR (theirs.active = 1 AND o.kind IN (${sql.join([...personalKinds])})))
      `.execute(globalQuery(this.em)),
    );
    return sorted(rows);
  }
}

function sorted(rows: readonly Row[]): ScheduleRows {
  const of = (part: Row['part']) => rows.filter((row) => row.part === part);
  return {
    weeks: of('week').map(({ teacherId, weekday, starts, ends, since, until }) => ({
      teacherId,
      weekday,
      starts,
      ends,
      validFrom: since,
      validUntil: until,
    })),
    dates: of('date').map(({ teacherId, starts, since }) => ({ teacherId, date: since, hours: hoursOfText(starts) })),
    away: of('away').map(({ teacherId, startsAt, endsAt }) => ({ teacherId, startsAt, endsAt })),
    closed: of('closed').map(({ since }) => since),
  };
}
