import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { Scheduling, type ScheduleChange } from '../../schools/index.js';
import { blockOf } from '../domain/diary-item.js';
import type { KeptBookingSchema } from '../domain/kept-booking.js';
import type { NotAtWork } from '../domain/not-at-work.js';
import type { DiaryTables } from './tables.js';
import { isAtWork, TeacherSchedules, whyNotAtWork } from './teacher-schedules.js';

/** A booked lesson outside its teacher's hours or inside his time off. */
export interface Orphan {
  readonly bookingId: Id;
  readonly studentId: Id;
  readonly teacherId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: NotAtWork;
  /** When somebody decided to keep it as it is; null when nobody has. */
  readonly keptAt: Date | null;
}

export interface OrphanQuestion {
  /** Null: everybody's. */
  readonly teacherId: Id | null;
  /** Lessons start then or later. */
  readonly from: Date;
  readonly until?: Date | undefined;
  /** As if this change were saved. */
  readonly change?: ScheduleChange;
}

interface Position {
  readonly startsAt: Date;
  readonly bookingId: Id;
}

const PORTION = 500;

/** Finds the booked lessons that do not fit into their teachers' hours, portion by portion along the diary's index. */
@Injectable()
export class OrphanSearch {
  constructor(
    private readonly em: EntityManager,
    private readonly scheduling: Scheduling,
    private readonly schedules: TeacherSchedules,
  ) {}

  /** All of them, soonest first. */
  async all(question: OrphanQuestion): Promise<Orphan[]> {
    const orphans: Orphan[] = [];
    for await (const orphan of this.each(question)) orphans.push(orphan);
    return orphans;
  }

  /** Those of the booked lessons named, soonest first. */
  async among(bookingIds: readonly Id[]): Promise<Orphan[]> {
    if (bookingIds.length === 0) return [];
    const { zone } = await this.scheduling.school();
    const lessons = await this.bookedLessons().where('bookings.id', 'in', bins(bookingIds)).execute();
    if (lessons.length === 0) return [];
    const orphans = await this.outside(lessons, zone, undefined);
    return orphans.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  }

  /** One after the other, soonest first, from a position on; reads no further than somebody asks. */
  async *each(question: OrphanQuestion, after?: Position): AsyncGenerator<Orphan> {
    const { zone } = await this.scheduling.school();
    for (let position = after; ;) {
      const lessons = await this.booked(question, position);
      const [first, last] = [lessons.at(0), lessons.at(-1)];
      if (!first || !last) return;
      yield* await this.outside(lessons, zone, question.change);
      if (lessons.length < PORTION) return;
      position = last;
    }
  }

  private async outside(
    lessons: readonly BookedLesson[],
    zone: string,
    change: ScheduleChange | undefined,
  ): Promise<Orphan[]> {
    const teacherIds = [...new Set(lessons.map(({ teacherId }) => teacherId))];
    const blocks = lessons.map(blockOf);
    const start = Math.min(...blocks.map((block) => block.start.getTime()));
    const end = Math.max(...blocks.map((block) => block.end.getTime()));
    const range = new TimeRange(new Date(start), new Date(end));
    const schedules = await this.schedules.load(teacherIds, range, zone, change);
    return lessons.flatMap((lesson, i) => {
      const schedule = schedules.get(lesson.teacherId)!;
      if (isAtWork(schedule, blocks[i]!)) return [];
      const { bookingId, studentId, teacherId, startsAt, endsAt } = lesson;
      const reason = whyNotAtWork(schedule, blocks[i]!);
      const keptAt = lesson.keptFor === reason ? lesson.keptAt : null;
      return [{ bookingId, studentId, teacherId, startsAt, endsAt, reason, keptAt }];
    });
  }

  private booked({ teacherId, from, until }: OrphanQuestion, after: Position | undefined): Promise<BookedLesson[]> {
    const start = after?.startsAt ?? from;
    return this.bookedLessons()
      .where('bookings.starts_at', '>=', start)
      .$if(teacherId !== null, (query) => query.where('bookings.teacher_id', '=', bin(teacherId!)))
      .$if(until !== undefined, (query) => query.where('bookings.starts_at', '<', until!))
      .$if(after !== undefined, (query) =>
        query.where((eb) =>
          eb.or([eb('bookings.starts_at', '>', start), eb('bookings.id', '>', bin(after!.bookingId))]),
        ),
      )
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .limit(PORTION)
      .execute();
  }

  private bookedLessons() {
    return schoolQuery<OrphanTables>(this.em)
      .selectFrom('bookings')
      .leftJoin('kept_bookings as kept', (on) =>
        on
          .onRef('kept.booking_id', '=', 'bookings.id')
          .onRef('kept.school_id', '=', 'bookings.school_id')
          .onRef('kept.teacher_id', '=', 'bookings.teacher_id')
          .onRef('kept.starts_at', '=', 'bookings.starts_at'),
      )
      .select(['bookings.id as bookingId', 'bookings.student_id as studentId', 'bookings.teacher_id as teacherId'])
      .select(['bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select(['bookings.setup_minutes as setupMinutes', 'bookings.buffer_minutes as bufferMinutes'])
      .select(['kept.reason as keptFor', 'kept.kept_at as keptAt'])
      .where('bookings.state', '=', 'booked');
  }
}

type OrphanTables = DiaryTables & Tables<typeof KeptBookingSchema>;

interface BookedLesson extends Position {
  readonly studentId: Id;
  readonly teacherId: Id;
  readonly endsAt: Date;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  readonly keptFor: NotAtWork | null;
  readonly keptAt: Date | null;
}
