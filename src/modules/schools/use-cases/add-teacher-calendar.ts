import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import { CalendarAddressRefused, TooManyCalendars } from '../domain/school-problems.js';
import { calendarUrlContext, TeacherCalendar } from '../domain/teacher-calendar.js';
import { PrivateCalendars } from '../ports/private-calendars.js';
import { Scheduling } from '../queries/scheduling.js';
import { TeacherCalendarReader, type TeacherCalendarView } from '../queries/teacher-calendar-reader.js';

export interface AddTeacherCalendarInput {
  readonly name: string;
  /** A secret: whoever knows it reads the calendar. */
  readonly url: string;
}

export const MOST_CALENDARS = 5;

/** Lets a teacher's own calendar count as time off: it is read by the next worker, and then again and again. */
@Injectable()
export class AddTeacherCalendar {
  constructor(
    readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly calendars: PrivateCalendars,
    private readonly encryption: Encryption,
    private readonly reader: TeacherCalendarReader,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws TeacherNotFound, NotYourSchedule, CalendarAddressRefused, TooManyCalendars */
  @Transaction()
  async execute(actor: Actor, teacherId: Id, { name, url }: AddTeacherCalendarInput): Promise<TeacherCalendarView> {
    // First: two who add at once count one after the other.
    await this.scheduling.bumpScheduleVersion(teacherId);
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
    const address = this.calendars.accepts(url);
    if (!address) throw new CalendarAddressRefused();
    if ((await this.em.count(TeacherCalendar, { teacherId })) >= MOST_CALENDARS) {
      throw new TooManyCalendars(MOST_CALENDARS);
    }
    const [id, now] = [newId(), this.clock.now()];
    const calendar = Object.assign(new TeacherCalendar(), {
      id,
      schoolId: currentSchool(),
      teacherId,
      name,
      host: address.hostname,
      url: this.encryption.seal(address.href, calendarUrlContext(id)),
      etag: null,
      lastModified: null,
      nextFetchAt: now,
      fetchedAt: null,
      failures: 0,
      problem: null,
      busyBlocks: 0,
      createdAt: now,
    });
    await this.em.persist(calendar).flush();
    const details = { calendarId: id, host: address.hostname };
    await this.audit.record({ action: 'teacher.calendar_added', subjectId: teacherId, details });
    return this.reader.get(teacherId, id);
  }
}
