import { Injectable } from '@nestjs/common';
import type { Id } from '../../../platform/values/id.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { Scheduling } from '../../schools/index.js';
import { SlotBusy } from '../domain/calendar/calendar-errors.js';
import { Calendar } from '../domain/calendar/claims.js';
import type { ResourceClaim } from '../domain/calendar/claimed-slots.js';
import { freePlaces, hindranceOf } from '../domain/calendar/free-times.js';
import { slotAt, startOfSlot } from '../domain/calendar/slots.js';
import { SlotTaken, TeacherUnavailable, type BusyKind } from '../domain/errors.js';
import { FreeTimesFinder } from '../queries/free-times-finder.js';
import { LessonSearch, type Candidates, type LessonWish } from '../queries/lesson-search.js';
import { TeacherSchedules } from '../queries/teacher-schedules.js';

/** A lesson that is to take place then, for that student. */
export interface PlaceWish extends LessonWish {
  readonly bookingId: Id;
  readonly startsAt: Date;
  readonly studentResourceId: number;
}

/** With whom and in what it takes place. */
export interface LessonPlace {
  readonly teacher: PlacedResource;
  readonly vehicle: PlacedResource | null;
}

interface PlacedResource {
  readonly id: Id;
  readonly resourceId: number;
}

class TeacherNotAtWork extends Error {}

// Each round lost means that somebody else won a teacher or a vehicle; after so many we call the time taken.
const MAX_ROUNDS = 30;

/** Finds a place for a lesson at one time and holds on to it while others want the same. */
@Injectable()
export class LessonPlacer {
  constructor(
    private readonly search: LessonSearch,
    private readonly freeTimes: FreeTimesFinder,
    private readonly calendar: Calendar,
    private readonly scheduling: Scheduling,
    private readonly schedules: TeacherSchedules,
  ) {}

  /**
   * Chooses the teacher and vehicle that the wish leaves open and does the work, in a transaction of its own that begins with
   * the claims. Chooses again while somebody faster takes what was chosen and something else is free.
   * @throws SlotTaken | TeacherUnavailable, both with alternatives
   * @throws UnknownReference
   */
  async place<T>(wish: PlaceWish, work: (place: LessonPlace) => Promise<T>): Promise<T> {
    const candidates = await this.search.candidates(wish);
    for (let round = 1; ; round++) {
      const place = await this.choose(wish, candidates);
      try {
        return await work(place);
      } catch (error) {
        if (error instanceof TeacherNotAtWork) throw await this.unavailable(wish);
        if (!(error instanceof SlotBusy)) throw error;
        await this.giveUpUnlessElsewhere(wish, place, candidates, round);
      }
    }
  }

  /** The rule that counts working hours: made to wait for a change of them, then read. After the claims, before anything else. */
  async checkAtWork(wish: PlaceWish, { teacher }: LessonPlace): Promise<void> {
    await this.scheduling.bumpScheduleVersion(teacher.id);
    if (!(await this.schedules.isAtWork(teacher.id, blockOf(wish), wish.zone))) throw new TeacherNotAtWork();
  }

  private async choose(wish: PlaceWish, candidates: Candidates): Promise<LessonPlace> {
    const { teachers, vehicles } = candidates;
    // Nothing to choose: the claims themselves are the quickest to tell whether it is free.
    if (teachers.length === 1 && (vehicles?.length ?? 1) === 1)
      return { teacher: teachers[0]!, vehicle: vehicles?.[0] ?? null };
    const start = slotAt(wish.startsAt);
    const supply = await this.search.supply(
      wish,
      candidates,
      new TimeRange(startOfSlot(start), startOfSlot(start + 1)),
    );
    for (const { teacher, vehicle } of freePlaces(supply)) return { teacher, vehicle: vehicle ?? null };
    const { nobodyAtWork, ...hindrance } = hindranceOf(supply);
    if (nobodyAtWork) throw await this.unavailable(wish);
    throw await this.taken(
      wish,
      busyKinds.filter((kind) => hindrance[kind]),
    );
  }

  /** Reads who holds the time, now that our transaction is rolled back. He may be gone, or leave another teacher or vehicle. */
  private async giveUpUnlessElsewhere(
    wish: PlaceWish,
    place: LessonPlace,
    candidates: Candidates,
    round: number,
  ): Promise<void> {
    const holders = new Set(
      await this.calendar.busyAmong({ resources: claimsOf(wish, place), claimedBy: wish.bookingId }),
    );
    const busy = {
      teacher: holders.has(place.teacher.resourceId),
      student: holders.has(wish.studentResourceId),
      vehicle: place.vehicle !== null && holders.has(place.vehicle.resourceId),
    };
    const onlyTeacher = busy.teacher && candidates.teachers.length === 1;
    const onlyVehicle = busy.vehicle && candidates.vehicles?.length === 1;
    if (!busy.student && !onlyTeacher && !onlyVehicle && round < MAX_ROUNDS) return;
    throw await this.taken(
      wish,
      busyKinds.filter((kind) => busy[kind]),
    );
  }

  private async taken(wish: PlaceWish, busy: readonly BusyKind[]): Promise<SlotTaken> {
    return new SlotTaken(busy, await this.freeTimes.alternatives(wish, wish.startsAt));
  }

  private async unavailable(wish: PlaceWish): Promise<TeacherUnavailable> {
    return new TeacherUnavailable(await this.freeTimes.alternatives(wish, wish.startsAt));
  }
}

const busyKinds = ['teacher', 'student', 'vehicle'] as const satisfies readonly BusyKind[];

/** What the lesson claims: teacher and vehicle with setup and buffer, the student for the lesson alone. */
export function claimsOf(wish: PlaceWish, { teacher, vehicle }: LessonPlace): ResourceClaim[] {
  const block = blockOf(wish);
  return [
    { resourceId: teacher.resourceId, range: block },
    { resourceId: wish.studentResourceId, range: TimeRange.ofMinutes(wish.startsAt, wish.minutes) },
    ...(vehicle ? [{ resourceId: vehicle.resourceId, range: block }] : []),
  ];
}

function blockOf({ startsAt, minutes, setupMinutes, bufferMinutes }: PlaceWish): TimeRange {
  return TimeRange.ofMinutes(startsAt, minutes).widened(setupMinutes, bufferMinutes);
}
