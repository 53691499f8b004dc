import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { occupyingStates } from '../domain/booking-state.js';
import type { HeldTime, HeldTimes } from '../domain/calendar/claim-holder.js';
import { HoldsClaims } from '../ports/holds-claims.js';
import { bookingsWithParties } from './bookings-with-parties.js';
import { HELD_PORTION, heldInPortions } from './held-in-portions.js';

/** Tells the calendar's audit what each booking should have claimed. */
@Injectable()
export class ClaimsOfBookings {
  constructor(private readonly em: EntityManager) {}

  @HoldsClaims({ what: 'booking', table: 'bookings', occupying: occupyingStates })
  held(from: Date): HeldTimes {
    return heldInPortions(from, (startsAt, after) => this.portion(startsAt, after), heldTimeOf);
  }

  private portion(startsAt: Date, after: Id | undefined): Promise<BookedTime[]> {
    return bookingsWithParties(this.em)
      .select(['bookings.id', 'bookings.starts_at as startsAt', 'bookings.ends_at as endsAt'])
      .select(['bookings.setup_minutes as setupMinutes', 'bookings.buffer_minutes as bufferMinutes'])
      .select(['students.resource_id as student', 'teachers.resource_id as teacher', 'vehicles.resource_id as vehicle'])
      .select(['trailers.resource_id as trailer', 'facilities.resource_id as facility'])
      .select(['bookings.facility_place as place', 'bookings.location_id as locationId'])
      .where('bookings.state', 'in', occupyingStates)
      .where('bookings.starts_at', '>=', startsAt)
      .$if(after !== undefined, (query) =>
        query.where((eb) => eb.or([eb('bookings.starts_at', '>', startsAt), eb('bookings.id', '>', bin(after!))])),
      )
      .orderBy('bookings.starts_at')
      .orderBy('bookings.id')
      .limit(HELD_PORTION)
      .execute();
  }
}

interface BookedTime {
  readonly id: Id;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  readonly student: number;
  readonly teacher: number;
  readonly vehicle: number | null;
  readonly trailer: number | null;
  readonly facility: number | null;
  readonly place: number | null;
  readonly locationId: Id | null;
}

function heldTimeOf({ id, startsAt, endsAt, setupMinutes, bufferMinutes, ...booked }: BookedTime): HeldTime {
  const { student, teacher, vehicle, trailer, facility, place, locationId } = booked;
  const lesson = new TimeRange(startsAt, endsAt);
  const range = lesson.widened(setupMinutes, bufferMinutes);
  const moving = [teacher, vehicle, trailer].filter((resourceId) => resourceId !== null);
  return {
    id,
    claims: [
      { resourceId: student, range: lesson },
      ...moving.map((resourceId) => ({ resourceId, range, locationId })),
      ...(facility === null ? [] : [{ resourceId: facility, range, place: place ?? 0 }]),
    ],
  };
}
