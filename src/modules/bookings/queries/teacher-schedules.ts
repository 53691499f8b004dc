import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { addDays, localDate } from '../../../platform/values/zone.js';
import { Scheduling } from '../../schools/index.js';
import { SlotGrid } from '../domain/calendar/slot-grid.js';
import { slotsTouched, type SlotSpan } from '../domain/calendar/slots.js';
import { localDays, workingSpans } from '../domain/calendar/working-spans.js';

/** When a teacher works, as UTC quarter hours. */
export interface TeacherSchedule {
  readonly hours: readonly SlotSpan[];
  readonly timeOff: readonly SlotSpan[];
}

/** Working hours and time off of the current school's teachers, as the calendar counts. Two queries, however many teachers. */
@Injectable()
export class TeacherSchedules {
  constructor(private readonly scheduling: Scheduling) {}

  /** Everything that may touch the range; every teacher asked for has an entry. */
  async load(teacherIds: readonly Id[], range: TimeRange, zone: string): Promise<Map<Id, TeacherSchedule>> {
    const from = localDate(range.start, zone);
    const until = addDays(localDate(range.end, zone), 1);
    const [rules, absences] = await Promise.all([
      this.scheduling.workingHours(teacherIds, from, until),
      this.scheduling.timeOff(teacherIds, range),
    ]);
    const days = localDays(from, until, zone);
    const [rulesOf, absencesOf] = [
      Map.groupBy(rules, (rule) => rule.teacherId),
      Map.groupBy(absences, (off) => off.teacherId),
    ];
    return new Map(
      teacherIds.map((id) => [
        id,
        {
          hours: workingSpans(rulesOf.get(id) ?? [], days),
          timeOff: (absencesOf.get(id) ?? []).map((off) => slotsTouched(new TimeRange(off.startsAt, off.endsAt))),
        },
      ]),
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
