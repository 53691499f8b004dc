import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { type Asked, byInstant, byText, is, List } from '../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { localDate, type LocalDate } from '../../../platform/values/zone.js';
import { type DayHoursSchema, hoursOfText, type Stretch } from '../domain/day-hours.js';
import { checkMayManageSchedule } from '../domain/schedule-policy.js';
import type { TimeOffKind } from '../domain/time-off-kind.js';
import { TimeOffSchema } from '../domain/time-off.js';
import { WorkingHoursSchema, type WeeklyHours } from '../domain/working-hours.js';
import { Scheduling } from './scheduling.js';

export interface WorkingHoursView extends WeeklyHours {
  readonly validFrom: string;
  readonly validUntil: string | null;
}

export interface TimeOffView {
  readonly id: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly kind: TimeOffKind;
  readonly reason: string | null;
}

export interface DayHoursView {
  readonly id: Id;
  readonly date: LocalDate;
  /** Empty when he does not work on that date. */
  readonly hours: readonly Stretch[];
}

export const dayHoursList = new List({ sorts: { date: byText('date') }, defaultSort: 'date' });

export interface DayHoursAsked extends Asked<typeof dayHoursList> {
  /** Leaves out what was before; today when missing. */
  readonly from?: LocalDate;
}

export const timeOffList = new List({
  sorts: { startsAt: byInstant('starts_at') },
  defaultSort: 'startsAt',
  filters: { kind: is<TimeOffKind>('kind') },
});

export interface TimeOffAsked extends Asked<typeof timeOffList> {
  /** Leaves out what ended before; now when missing. */
  readonly from?: Date;
}

/** One teacher's schedule as staff see it: the office everybody's, a teacher his own. */
@Injectable()
export class ScheduleReader {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly clock: Clock,
  ) {}

  /** The hours that count today or later. @throws TeacherNotFound, NotYourSchedule */
  async workingHours(actor: Actor, teacherId: Id): Promise<WorkingHoursView[]> {
    await this.checkMayRead(actor, teacherId);
    const { zone } = await this.scheduling.school();
    return schoolQuery<Tables<typeof WorkingHoursSchema>>(this.em)
      .selectFrom('working_hours')
      .select(['weekday', 'starts', 'ends', 'valid_from as validFrom', 'valid_until as validUntil'])
      .where('teacher_id', '=', bin(teacherId))
      .where((where) =>
        where.or([where('valid_until', 'is', null), where('valid_until', '>', localDate(this.clock.now(), zone))]),
      )
      .orderBy('valid_from')
      .orderBy('weekday')
      .orderBy('starts')
      .execute();
  }

  /** Time off that is not over. @throws TeacherNotFound, NotYourSchedule */
  async timeOff(actor: Actor, teacherId: Id, asked: TimeOffAsked): Promise<Page<TimeOffView>> {
    await this.checkMayRead(actor, teacherId);
    const timeOff = schoolQuery<Tables<typeof TimeOffSchema>>(this.em)
      .selectFrom('time_off')
      .select(['id', 'starts_at as startsAt', 'ends_at as endsAt', 'kind', 'reason'])
      .where('teacher_id', '=', bin(teacherId))
      .where('ends_at', '>', asked.from ?? this.clock.now());
    return timeOffList.page(timeOff, asked);
  }

  /** The dates whose hours differ from those of their weekday. @throws TeacherNotFound, NotYourSchedule */
  async dayHours(actor: Actor, teacherId: Id, asked: DayHoursAsked): Promise<Page<DayHoursView>> {
    await this.checkMayRead(actor, teacherId);
    const { zone } = await this.scheduling.school();
    const dates = schoolQuery<Tables<typeof DayHoursSchema>>(this.em)
      .selectFrom('day_hours')
      .select(['id', 'date', 'hours'])
      .where('teacher_id', '=', bin(teacherId))
      .where('date', '>=', asked.from ?? localDate(this.clock.now(), zone));
    return mapPage(await dayHoursList.page(dates, asked), (row) => ({ ...row, hours: hoursOfText(row.hours) }));
  }

  private async checkMayRead(actor: Actor, teacherId: Id): Promise<void> {
    checkMayManageSchedule(actor, await this.scheduling.teacher(teacherId));
  }
}
