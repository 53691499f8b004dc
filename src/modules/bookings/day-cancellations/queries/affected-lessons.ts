import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { TimeRange } from '../../../../platform/values/time-range.js';
import type { BookingState } from '../../domain/booking-state.js';
import type { Booking } from '../../domain/booking.js';
import type { Named } from '../../domain/diary-item.js';
import { bookingsWithParties } from '../../queries/bookings-with-parties.js';
import type { DayInScope } from '../domain/day-cancellation.js';

type Scope = Omit<DayInScope, 'date'>;

export interface AffectedLesson {
  readonly bookingId: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly student: Named;
  readonly teacher: Named;
  readonly lessonType: Named;
}

/** The lessons that cancelling a day, or what is left of it, would cancel. */
@Injectable()
export class AffectedLessons {
  constructor(private readonly em: EntityManager) {}

  /** In order of time. */
  async of(scope: Scope, range: TimeRange): Promise<AffectedLesson[]> {
    const rows = await this.lessons(scope, range)
      .select(['bookings.id as bookingId', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select(['students.id as studentId', 'students.name as studentName'])
      .select(['teachers.id as teacherId', 'teachers.name as teacherName'])
      .select(['lesson_types.id as lessonTypeId', 'lesson_types.name as lessonTypeName'])
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .execute();
    return rows.map(({ bookingId, startsAt, endsAt, ...names }) => ({
      bookingId,
      startsAt,
      endsAt,
      student: { id: names.studentId, name: names.studentName },
      teacher: { id: names.teacherId, name: names.teacherName },
      lessonType: { id: names.lessonTypeId, name: names.lessonTypeName },
    }));
  }

  /** Times that are only held for somebody, soonest first. */
  async held(scope: Scope, range: TimeRange): Promise<Id[]> {
    const rows = await this.lessons(scope, range, 'held').select('bookings.id').orderBy('bookings.starts_at').execute();
    return rows.map(({ id }) => id);
  }

  private lessons(
    { teacherId, vehicleId, locationId }: Scope,
    { start, end }: TimeRange,
    state: BookingState = 'booked',
  ) {
    return bookingsWithParties(this.em)
      .where('bookings.state', '=', state)
      .where('bookings.starts_at', '>=', start)
      .where('bookings.starts_at', '<', end)
      .$if(teacherId !== null, (query) => query.where('bookings.teacher_id', '=', bin(teacherId!)))
      .$if(vehicleId !== null, (query) =>
        query.where((row) =>
          row.or([row('bookings.vehicle_id', '=', bin(vehicleId!)), row('bookings.trailer_id', '=', bin(vehicleId!))]),
        ),
      )
      .$if(locationId !== null, (query) => query.where('bookings.location_id', '=', bin(locationId!)));
  }
}

type Placed = Pick<Booking, 'state' | 'startsAt' | 'teacherId' | 'vehicleId' | 'trailerId' | 'locationId'>;

/** Whether a lesson, as it is when its turn comes, is still one of them. */
export function isAffected(
  lesson: Placed,
  scope: Scope,
  { start, end }: TimeRange,
  state: BookingState = 'booked',
): boolean {
  const { teacherId, vehicleId, locationId } = scope;
  return (
    lesson.state === state &&
    lesson.startsAt >= start &&
    lesson.startsAt < end &&
    (teacherId === null || lesson.teacherId === teacherId) &&
    (vehicleId === null || lesson.vehicleId === vehicleId || lesson.trailerId === vehicleId) &&
    (locationId === null || lesson.locationId === locationId)
  );
}
