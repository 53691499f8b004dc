import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { addDays, localDate } from '../../../platform/values/zone.js';
import { assuming, type ScheduleChange, TeacherTimes } from '../../schools/index.js';
import { blockOf, type DiaryItem } from '../domain/diary-item.js';
import type { NotAtWork } from '../domain/not-at-work.js';
import { SlotGrid } from '../domain/calendar/slot-grid.js';
import { slotsTouched, type SlotSpan } from '../domain/calendar/slots.js';
import { type LocalDay, localDays, workingSpans } from '../domain/calendar/working-spans.js';

/** When a teacher works, as UTC quarter hours. */
export interface TeacherSchedule {
  readonly hours: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
  /** Days on which the whole school is closed; no hours lie in them. */
  readonly closed: readonly SlotSpan[];
}

/** Working hours and time off of the current school's teachers, as the calendar counts. One query, however many teachers. */
@Injectable()
export class TeacherSchedules {
  constructor(private readonly times: TeacherTimes) {}

  /** Everything that may touch the range, as it is or as it would be after the change; every teacher asked for has an entry. */
  async load(
    teacherIds: readonly Id[],
    range: TimeRange,
    zone: string,
    change?: ScheduleChange,
  ): Promise<Map<Id, TeacherSchedule>> {
    const from = localDate(range.start, zone);
    const until = addDays(localDate(range.end, zone), 1);
    const rows = await this.times.load(teacherIds, from, until, range);
    const { weeks, dates, away, closed } = change ? assuming(rows, change) : rows;
    const days = localDays(from, until, zone);
    const closedDates = new Set(closed);
    const closedSpans = days.filter(({ date }) => closedDates.has(date)).map(spanOf);
    const [weekOf, datesOf, awayOf] = [byTeacher(weeks), byTeacher(dates), byTeacher(away)];
    return new Map(
      teacherIds.map((id) => {
        const hours = new Map(datesOf.get(id)?.map((date) => [date.date, date.hours]));
        return [
          id,
          {
            hours: workingSpans(weekOf.get(id) ?? [], days, { closed: closedDates, hours }),
            timeOff: (awayOf.get(id) ?? []).map((off) => slotsTouched(new TimeRange(off.startsAt, off.endsAt))),
            closed: closedSpans,
          },
        ];
      }),
    );
  }

  /** True when the teacher is at work for the whole range, whoever else may have booked him. */
  async isAtWork(teacherId: Id, range: TimeRange, zone: string): Promise<boolean> {
    const schedule = (await this.load([teacherId], range, zone)).get(teacherId)!;
    return isAtWork(schedule, range);
  }
}

/** True when the range lies in the schedule's hours and touches no time off. */
export function isAtWork({ hours, timeOff }: TeacherSchedule, range: TimeRange): boolean {
  const span = slotsTouched(range);
  return SlotGrid.closed(span).opened(hours).closed(timeOff).isOpen(span);
}

/** The first reason that a reader would think of, for a range in which the schedule has no work. */
export function whyNotAtWork({ timeOff, closed }: TeacherSchedule, range: TimeRange): NotAtWork {
  const span = slotsTouched(range);
  const touches = (other: SlotSpan) => other.first < span.end && span.first < other.end;
  if (closed.some(touches)) return 'school_closed';
  return timeOff.some(touches) ? 'time_off' : 'outside_hours';
}

/** Taught in the evenings too: time off and closing days alone are in their way. */
const atAnyHour = new Set(['class_session']);

/** Why something in the diary does not fit into its teacher's schedule; null when it does. */
export function whyOutside(item: DiaryItem, schedule: TeacherSchedule): NotAtWork | null {
  const block = blockOf(item);
  if (isAtWork(schedule, block)) return null;
  const why = whyNotAtWork(schedule, block);
  return why === 'outside_hours' && atAnyHour.has(item.kind) ? null : why;
}

function spanOf(day: LocalDay): SlotSpan {
  return slotsTouched(new TimeRange(day.at('00:00'), day.at('24:00')));
}

function byTeacher<T extends { readonly teacherId: Id }>(rows: readonly T[]): Map<Id, T[]> {
  return Map.groupBy(rows, ({ teacherId }) => teacherId);
}
