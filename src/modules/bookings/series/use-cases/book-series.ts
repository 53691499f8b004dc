import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, bins, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { localDate } from '../../../../platform/values/zone.js';
import type { Booking, BookingSchema } from '../../domain/booking.js';
import { BookingSeries } from '../domain/booking-series.js';
import type { ConflictMode } from '../domain/lessons-plan.js';
import { refusedLesson, type RefusedLesson } from '../domain/series-problems.js';
import { SeriesReader, type SeriesWithLessons } from '../queries/series-reader.js';
import { carryOut } from './carry-out.js';
import { LessonsBooker } from './lessons-booker.js';
import type { LessonsPlan } from './lessons-planner.js';
import { WantedLessonsFinder, type SeriesWanted, type WantedLessons } from './wanted-lessons.js';

export interface BookSeriesCommand extends SeriesWanted {
  readonly onConflict: ConflictMode;
}

export interface BookedSeries extends SeriesWithLessons {
  /** Times that could not be had, and what would be free instead. */
  readonly refused: readonly RefusedLesson[];
}

/** Books a lesson every week or every few: all of them, or those that are free. */
@Injectable()
export class BookSeries {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly wantedLessons: WantedLessonsFinder,
    private readonly booker: LessonsBooker,
    private readonly series: SeriesReader,
    private readonly audit: Audit,
  ) {}

  /** @throws SomeLessonsRefused | SeriesTooLong | SeriesEmpty | SeriesEndUnclear, or what the policies refuse */
  async execute(actor: Actor, command: BookSeriesCommand): Promise<BookedSeries> {
    const wanted = await this.wantedLessons.series(actor, command);
    const plan = () => this.wantedLessons.plan(wanted);
    return carryOut(plan, command.onConflict, (planned) => this.book(command, wanted, planned));
  }

  @AnsweringTransaction()
  private async book(command: BookSeriesCommand, wanted: WantedLessons, plan: LessonsPlan): Promise<BookedSeries> {
    const { actor } = wanted.request;
    const bookings = await this.booker.book(wanted, plan);
    const series = this.agreed(command, wanted, plan);
    // After the lessons: by then the rows that it refers to are locked in the order in which everybody locks them.
    await this.em.persist(series).flush();
    await this.join(series.id, bookings);
    const details = { studentId: series.studentId, lessons: bookings.length };
    await this.audit.record({ action: 'booking_series.booked', subjectId: series.id, details });
    return { ...(await this.series.get(actor, series.id)), refused: plan.refused.map(refusedLesson) };
  }

  private agreed(
    pattern: BookSeriesCommand,
    { request }: WantedLessons,
    { placed, refused }: LessonsPlan,
  ): BookingSeries {
    const { actor, student, type, zone, wanted } = request;
    const dateOf = ({ startsAt }: { readonly startsAt: Date }) => localDate(startsAt, zone);
    return BookingSeries.agree(
      {
        id: newId(),
        schoolId: actor.schoolId,
        studentId: student.id,
        lessonTypeId: type.id,
        teacherId: wanted.teacherId ?? null,
        vehicleId: wanted.vehicleId ?? null,
        pattern,
        dates: placed.map(({ wish }) => dateOf(wish)),
        leftOut: refused.map((each) => ({ date: dateOf(each), code: each.problem.code })),
        createdBy: actor.id,
      },
      this.clock.now(),
    );
  }

  private async join(seriesId: Id, bookings: readonly Booking[]): Promise<void> {
    const ids = bookings.map(({ id }) => id);
    await globalQuery<Tables<typeof BookingSchema>>(this.em)
      .updateTable('bookings')
      .set({ series_id: bin(seriesId) })
      .where('school_id', '=', bin(bookings[0]!.schoolId))
      .where('id', 'in', bins(ids))
      .execute();
  }
}
