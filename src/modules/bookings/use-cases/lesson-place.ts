import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import type { BookedPlace } from '../domain/booking.js';
import type { ResourceClaim } from '../domain/calendar/claimed-slots.js';
import type { FreePlace } from '../domain/calendar/free-times.js';
import type { Hindrance } from '../domain/calendar/hindrances.js';
import type { Ruling } from '../ports/booking-rules.js';
import type { LessonWish } from '../queries/lesson-candidates.js';

/** A lesson that is to take place then, for that student. */
export interface PlaceWish extends LessonWish {
  readonly bookingId: Id;
  readonly startsAt: Date;
  readonly studentResourceId: number;
  /** What the school's booking rules say of it. */
  readonly ruling: Ruling;
}

interface PlacedResource {
  readonly id: Id;
  readonly resourceId: number;
}

/** With whom, in what and where it takes place. */
export interface LessonPlace {
  readonly teacher: PlacedResource;
  readonly vehicle: PlacedResource | null;
  readonly trailer: PlacedResource | null;
  readonly facility: (PlacedResource & { readonly place: number }) | null;
  /** Null: nowhere in particular. */
  readonly locationId: Id | null;
}

interface TakenResource {
  readonly kind: Exclude<Hindrance, 'travel'>;
  readonly resourceId: number;
}

export function placeAt({ teacher, vehicle, trailer, facility, locationId }: FreePlace): LessonPlace {
  return {
    teacher,
    vehicle: vehicle ?? null,
    trailer: trailer ?? null,
    facility: facility ? { ...facility, place: facility.place ?? 0 } : null,
    locationId,
  };
}

/** As a booking names it. */
export function bookedPlace({ teacher, vehicle, trailer, facility, locationId }: LessonPlace): BookedPlace {
  return {
    teacherId: teacher.id,
    vehicleId: vehicle?.id ?? null,
    trailerId: trailer?.id ?? null,
    facilityId: facility?.id ?? null,
    facilityPlace: facility?.place ?? null,
    locationId,
  };
}

/** What the lesson claims: everything with setup and buffer, the student for the lesson alone. Teacher, vehicle and trailer are where it is. */
export function claimsOf(wish: PlaceWish, place: LessonPlace): ResourceClaim[] {
  const { teacher, vehicle, trailer, facility, locationId } = place;
  const range = blockOf(wish);
  const moving = [teacher, vehicle, trailer].filter((each) => each !== null);
  return [
    ...moving.map(({ resourceId }) => ({ resourceId, range, locationId })),
    ...(facility ? [{ resourceId: facility.resourceId, range, place: facility.place }] : []),
    { resourceId: wish.studentResourceId, range: TimeRange.ofMinutes(wish.startsAt, wish.minutes) },
  ];
}

/** Whom and what it takes, by the name of their kind. */
export function takenOf(wish: PlaceWish, { teacher, vehicle, trailer, facility }: LessonPlace): TakenResource[] {
  const all = { teacher, student: { resourceId: wish.studentResourceId }, vehicle, trailer, facility };
  return Object.entries(all).flatMap(([kind, taken]) =>
    taken ? [{ kind: kind as TakenResource['kind'], resourceId: taken.resourceId }] : [],
  );
}

export function blockOf({ startsAt, minutes, setupMinutes, bufferMinutes }: PlaceWish): TimeRange {
  return TimeRange.ofMinutes(startsAt, minutes).widened(setupMinutes, bufferMinutes);
}
