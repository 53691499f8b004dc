import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, inSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { calendarUrlContext, type TeacherCalendarSchema } from '../domain/teacher-calendar.js';
import type { SchoolSchema } from '../domain/school.js';
import type { TeacherSchema } from '../domain/teacher.js';
import { PrivateCalendars } from '../ports/private-calendars.js';
import { RecordBusyTimes } from '../use-cases/record-busy-times.js';

type Db = Tables<typeof TeacherCalendarSchema | typeof TeacherSchema | typeof SchoolSchema>;

const MOST_AT_A_TIME = 100;
const AT_ONCE = 5;
const DAY = 86_400_000;
const DAYS_AHEAD = 400;
/** Whoever is killed while he reads one leaves it to others after so long. */
const LEASE = 10 * 60_000;

type DueCalendar = Awaited<ReturnType<ReadTeacherCalendars['due']>>[number];

/** Reads the teachers' own calendars of every school, each when its turn comes, outside of any transaction. */
@Injectable()
export class ReadTeacherCalendars {
  constructor(
    private readonly em: EntityManager,
    private readonly calendars: PrivateCalendars,
    private readonly encryption: Encryption,
    private readonly record: RecordBusyTimes,
  ) {}

  @Schedule('schools.read-teacher-calendars', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    const due = await this.due(now);
    const failures: unknown[] = [];
    const reader = async () => {
      for (let calendar = due.shift(); calendar; calendar = due.shift()) {
        await this.read(calendar, now).catch((error: unknown) => failures.push(error));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, reader));
    // One that fails in a way nobody foresaw keeps none of the others from being read.
    if (failures.length > 0) throw new AggregateError(failures, `${failures.length} calendars could not be read`);
  }

  private async read(calendar: DueCalendar, now: Date): Promise<void> {
    if (!(await this.lease(calendar.id, now))) return;
    const { id, schoolId, teacherId, zone, etag, lastModified, fetchedAt } = calendar;
    // What repeats for ever needs the window to move on: once a day all of it is read anew.
    const isFresh = fetchedAt !== null && now.getTime() - fetchedAt.getTime() < DAY;
    const answer = await this.calendars.read({
      url: this.encryption.open(calendar.url, calendarUrlContext(id)),
      copy: isFresh ? { etag, lastModified } : { etag: null, lastModified: null },
      window: new TimeRange(new Date(now.getTime() - DAY), new Date(now.getTime() + DAYS_AHEAD * DAY)),
      zone,
    });
    await inSchool(schoolId, () => this.record.execute(id, teacherId, answer));
  }

  /** True for the one among all workers that may read it now. */
  private lease(id: Id, now: Date): Promise<boolean> {
    return acrossSchools('the calendars of every school whose turn has come', async () => {
      const { numUpdatedRows } = await globalQuery<Db>(this.em)
        .updateTable('teacher_calendars')
        .set({ next_fetch_at: new Date(now.getTime() + LEASE) })
        .where('id', '=', bin(id))
        .where('next_fetch_at', '<=', now)
        .executeTakeFirstOrThrow();
      return numUpdatedRows === 1n;
    });
  }

  private due(now: Date) {
    return acrossSchools('the calendars of every school whose turn has come', () =>
      globalQuery<Db>(this.em)
        .selectFrom('teacher_calendars as c')
        .innerJoin('teachers as t', (on) =>
          on.onRef('t.school_id', '=', 'c.school_id').onRef('t.id', '=', 'c.teacher_id'),
        )
        .innerJoin('schools as s', 's.id', 'c.school_id')
        .select(['c.id', 'c.school_id as schoolId', 'c.teacher_id as teacherId', 'c.url', 'c.etag'])
        .select(['c.last_modified as lastModified', 'c.fetched_at as fetchedAt', 's.zone'])
        .where('c.next_fetch_at', '<=', now)
        .where('t.active', '=', true)
        .orderBy('c.next_fetch_at')
        .limit(MOST_AT_A_TIME)
        .execute(),
    );
  }
}
