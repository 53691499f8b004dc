import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import type { TimeRange } from '../../../platform/values/time-range.js';
import {
  LessonResources,
  Scheduling,
  type LessonNeeds,
  type SchedulableFacility,
  type SchedulableTeacher,
  type SchedulableVehicle,
  type ScheduleChange,
} from '../../schools/index.js';
import type { BookableTimes } from '../domain/bookable-times.js';
import type { ClaimedSlot } from '../domain/calendar/claimed-slots.js';
import { UnknownReference, type NamedResource } from '../domain/errors.js';
import type { ExpiredHold } from './expired-holds.js';

/** What somebody may ask a lesson to have, and no other. */
export interface NamedResources {
  readonly teacherId?: Id;
  readonly vehicleId?: Id;
  readonly trailerId?: Id;
  readonly facilityId?: Id;
}

/** Where it is to be, too. */
export interface WantedResources extends NamedResources {
  readonly locationId?: Id;
}

/** A lesson that looks for its time. */
export interface LessonWish extends NamedResources {
  readonly lessonType: LessonNeeds;
  readonly minutes: number;
  readonly setupMinutes: number;
  readonly bufferMinutes: number;
  /** The school's zone. */
  readonly zone: string;
  /** The student's resource, when it is known who will come. */
  readonly studentResourceId?: number;
  /** Where it begins; null: nowhere in particular. Left out: at its facility, or where its teacher is at home. */
  readonly locationId?: Id | null;
  /** Rather with these, when they are free. */
  readonly preferred?: NamedResources;
  /** The lesson itself and what it has claimed before it is moved: no hindrance. */
  readonly bookingId?: Id;
  readonly ownClaims?: readonly ClaimedSlot[];
  /** Others that leave their places when this one takes its own. */
  readonly leaving?: readonly Id[];
  /** Holds that ran out: their time is free for this lesson, and they go when it is taken. */
  readonly expiredHolds?: readonly ExpiredHold[];
  /** When whoever asks may book, asked once times are looked for; left out: whenever somebody is free. */
  readonly bookable?: (window: TimeRange) => Promise<BookableTimes>;
  /** As if this change of hours were saved. */
  readonly assuming?: ScheduleChange;
}

/** The bookings whose time counts as free for the lesson: itself, those that leave with it, and holds that ran out. */
export function inNobodysWay({ bookingId, leaving = [], expiredHolds = [] }: LessonWish): Id[] {
  return [...(bookingId ? [bookingId] : []), ...leaving, ...expiredHolds.map((hold) => hold.bookingId)];
}

/** What is named of it, and nothing else. */
export function wantedOf(from: { readonly [Name in keyof WantedResources]: Id | null | undefined }): WantedResources {
  const { teacherId, vehicleId, trailerId, facilityId, locationId } = from;
  return {
    ...(teacherId && { teacherId }),
    ...(vehicleId && { vehicleId }),
    ...(trailerId && { trailerId }),
    ...(facilityId && { facilityId }),
    ...(locationId && { locationId }),
  };
}

interface Candidate {
  readonly id: Id;
  readonly resourceId: number;
  readonly homeLocationId: Id | null;
  readonly preferred: boolean;
}

/** One place of a facility. */
export interface FacilityPlace extends Omit<Candidate, 'homeLocationId'> {
  readonly place: number;
  readonly locationId: Id | null;
}

/** Who and what could be had at one location. */
export interface CandidateSite {
  readonly locationId: Id | null;
  readonly teachers: readonly SchedulableTeacher[];
  readonly facilities?: readonly FacilityPlace[];
}

/** Who could give the lesson, where, and in what. */
export interface Candidates {
  readonly teachers: readonly SchedulableTeacher[];
  /** Absent when the lesson needs none. */
  readonly vehicles?: readonly Candidate[];
  readonly trailers?: readonly Candidate[];
  readonly facilities?: readonly FacilityPlace[];
  readonly sites: readonly CandidateSite[];
}

/** Finds who and what does for a lesson, busy or not. */
@Injectable()
export class LessonCandidates {
  constructor(
    private readonly scheduling: Scheduling,
    private readonly resources: LessonResources,
  ) {}

  /** @throws UnknownReference when the wish names what does not do */
  async of(wish: LessonWish): Promise<Candidates> {
    const { lessonType, locationId } = wish;
    const [teachers, vehicles, facilities, isInUse] = await Promise.all([
      this.scheduling.teachersFor(lessonType),
      lessonType.needsVehicle ? this.resources.vehiclesFor(lessonType) : [],
      lessonType.facilityKind ? this.resources.facilitiesOf(lessonType.facilityKind) : [],
      locationId ? this.resources.isInUse(locationId) : true,
    ]);
    if (!isInUse) throw new UnknownReference('locationId');
    return chosenFrom(wish, { teachers, vehicles, facilities });
  }
}

interface Supplied {
  readonly teachers: readonly SchedulableTeacher[];
  readonly vehicles: readonly SchedulableVehicle[];
  readonly facilities: readonly SchedulableFacility[];
}

function chosenFrom(wish: LessonWish, { teachers, vehicles, facilities }: Supplied): Candidates {
  const { needsVehicle, needsTrailer, facilityKind } = wish.lessonType;
  const there = facilities.filter(
    ({ locationId }) => !wish.locationId || !locationId || locationId === wish.locationId,
  );
  const found = {
    teachers: named(wish, 'teacherId', teachers, true)!,
    vehicles: named(wish, 'vehicleId', ofKind(vehicles, 'vehicle'), needsVehicle)?.map(candidate(wish, 'vehicleId')),
    trailers: named(wish, 'trailerId', ofKind(vehicles, 'trailer'), needsTrailer)?.map(candidate(wish, 'trailerId')),
    facilities: named(wish, 'facilityId', there, facilityKind !== null)?.flatMap(placesOf(wish)),
  };
  return { ...found, sites: sitesOf(wish, found) };
}

function ofKind(vehicles: readonly SchedulableVehicle[], kind: SchedulableVehicle['kind']): SchedulableVehicle[] {
  return vehicles.filter((each) => each.kind === kind);
}

/** Undefined when the lesson needs none. */
function named<T extends { readonly id: Id }>(
  wish: LessonWish,
  field: NamedResource & keyof NamedResources,
  all: readonly T[],
  isNeeded: boolean,
): readonly T[] | undefined {
  const id = wish[field];
  if (id === undefined) return isNeeded ? all : undefined;
  const found = isNeeded ? all.filter((each) => each.id === id) : [];
  if (found.length === 0) throw new UnknownReference(field);
  return found;
}

function candidate(wish: LessonWish, field: keyof NamedResources) {
  return ({ id, resourceId, homeLocationId }: SchedulableVehicle): Candidate => ({
    id,
    resourceId,
    homeLocationId,
    preferred: wish.preferred?.[field] === id,
  });
}

function placesOf(wish: LessonWish) {
  return ({ id, resourceId, locationId, places }: SchedulableFacility): FacilityPlace[] =>
    Array.from({ length: places }, (_, place) => ({
      id,
      resourceId,
      locationId,
      place,
      preferred: wish.preferred?.facilityId === id,
    }));
}

/** A lesson is where somebody said, else where its facility is, else where its teacher is at home. */
function sitesOf({ locationId }: LessonWish, { teachers, facilities }: Omit<Candidates, 'sites'>): CandidateSite[] {
  if (locationId !== undefined) return [{ locationId, teachers, ...(facilities && { facilities }) }];
  if (facilities) {
    const byLocation = Map.groupBy(facilities, (facility) => facility.locationId);
    return [...byLocation].map(([at, its]) => ({ locationId: at, teachers, facilities: its }));
  }
  const byHome = Map.groupBy(teachers, ({ homeLocationId }) => homeLocationId);
  return [...byHome].map(([at, its]) => ({ locationId: at, teachers: its }));
}
