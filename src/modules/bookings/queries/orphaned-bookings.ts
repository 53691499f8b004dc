import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { OrphanedBookings, Scheduling, type OrphanedBooking } from '../../schools/index.js';
import type { DiaryTables } from './tables.js';
import { TeacherSchedules, isAtWork } from './teacher-schedules.js';

/** Tells a change of hours or time off which booked lessons it leaves outside. */
@Injectable()
export class OrphansInDiary extends OrphanedBookings {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly schedules: TeacherSchedules,
  ) {
    super();
  }

  async futureOutside(teacherId: Id, from: Date): Promise<readonly OrphanedBooking[]> {
    const lessons = await this.booked(teacherId, from);
    const [first, last] = [lessons.at(0), lessons.at(-1)];
    if (!first || !last) return [];
    const { zone } = await this.scheduling.school();
    const schedule = (
      await this.schedules.load([teacherId], new TimeRange(blockOf(first).start, blockOf(last).end), zone)
    ).get(teacherId)!;
    return lessons
      .filter((lesson) => !isAtWork(schedule, blockOf(lesson)))
      .map(({ bookingId, studentId, startsAt, endsAt }) => ({ bookingId, studentId, startsAt, endsAt }));
  }

  private booked(teacherId: Id, from: Date) {
    return schoolQuery<DiaryTables>(this.em)
      .selectFrom('bookings')
      .select(['id as bookingId', 'student_id as studentId', 'starts_at as startsAt', 'ends_at as endsAt'])
      .select(['setup_minutes as setupMinutes', 'buffer_minutes as bufferMinutes'])
      .where('teacher_id', '=', bin(teacherId))
      .where('starts_at', '>=', from)
      .where('state', '=', 'booked')
      .orderBy('starts_at')
      .execute();
  }
}

interface Block {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
}

function blockOf({ startsAt, endsAt, setupMinutes, bufferMinutes }: Block): TimeRange {
  return new TimeRange(startsAt, endsAt).widened(setupMinutes, bufferMinutes);
}
