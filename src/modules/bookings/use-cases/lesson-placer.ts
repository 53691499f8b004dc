import { Injectable } from '@nestjs/common';
import { TimeRange } from '../../../platform/values/time-range.js';
import { SlotBusy } from '../domain/calendar/calendar-errors.js';
import { Calendar } from '../domain/calendar/claims.js';
import { bestPlace } from '../domain/calendar/free-times.js';
import { hindrancesOf, type Hindrance } from '../domain/calendar/hindrances.js';
import { slotAt, startOfSlot } from '../domain/calendar/slots.js';
import { NoSuchResource, SlotTaken, TeacherUnavailable } from '../domain/errors.js';
import { ExpiredHolds } from '../queries/expired-holds.js';
import { FreeTimesFinder } from '../queries/free-times-finder.js';
import { LessonCandidates, type Candidates } from '../queries/lesson-candidates.js';
import { LessonSearch } from '../queries/lesson-search.js';
import { isLastOf, missingIn, onlyPlace, withLuck } from './lesson-choices.js';
import { blockOf, claimsOf, placeAt, takenOf, type LessonPlace, type PlaceWish } from './lesson-place.js';
import { TeacherNotAtWork, WayTooLong } from './place-rules.js';

// Each round lost means that somebody else won what was chosen; after so many we call the time taken.
const MAX_ROUNDS = 30;

/** Finds a place for a lesson at one time and holds on to it while others want the same. */
@Injectable()
export class LessonPlacer {
  constructor(
    private readonly candidates: LessonCandidates,
    private readonly search: LessonSearch,
    private readonly freeTimes: FreeTimesFinder,
    private readonly calendar: Calendar,
    private readonly expired: ExpiredHolds,
  ) {}

  /**
   * Chooses what the wish leaves open so that it leaves the fewest holes, and does the work, in a transaction of its own that
   * begins with the claims. Chooses again while somebody faster takes what was chosen and something else is free.
   * @throws SlotTaken | TeacherUnavailable, both with alternatives
   * @throws NoSuchResource | UnknownReference
   */
  async place<T>(wish: PlaceWish, work: (place: LessonPlace, wish: PlaceWish) => Promise<T>): Promise<T> {
    try {
      return await this.placeAmong(wish, work);
    } catch (error) {
      const expiredHolds = error instanceof SlotTaken ? await this.expired.around(blockOf(wish)) : [];
      if (expiredHolds.length === 0) throw error;
      const ownClaims = [...(wish.ownClaims ?? []), ...expiredHolds.flatMap(({ claims }) => claims)];
      return this.placeAmong({ ...wish, ownClaims, expiredHolds }, work);
    }
  }

  private async placeAmong<T>(wish: PlaceWish, work: (place: LessonPlace, wish: PlaceWish) => Promise<T>): Promise<T> {
    const candidates = await this.whatThereIs(wish);
    for (let round = 1; ; round++) {
      const place = await this.choose(wish, round === 1 ? candidates : withLuck(candidates));
      try {
        return await work(place, wish);
      } catch (error) {
        if (error instanceof TeacherNotAtWork) throw await this.unavailable(wish);
        if (error instanceof WayTooLong) {
          // With one location and one of those who would travel, nothing else will do.
          const isLost = candidates.sites.length === 1 && error.kinds.some((kind) => isLastOf(candidates, kind));
          if (isLost || round === MAX_ROUNDS) throw await this.taken(wish, ['travel']);
          continue;
        }
        if (!(error instanceof SlotBusy)) throw error;
        const busy = await this.busyNow(wish, place);
        if (round === MAX_ROUNDS || busy.some((kind) => isLastOf(candidates, kind))) throw await this.taken(wish, busy);
      }
    }
  }

  /**
   * A place as things stand, for a transaction that writes more than this lesson; somebody may be faster all the same.
   * @throws SlotTaken | TeacherUnavailable, both with alternatives
   * @throws NoSuchResource | UnknownReference
   */
  async find(wish: PlaceWish): Promise<LessonPlace> {
    return this.freePlace(wish, await this.whatThereIs(wish));
  }

  private async whatThereIs(wish: PlaceWish): Promise<Candidates> {
    const candidates = await this.candidates.of(wish);
    const missing = missingIn(candidates);
    if (missing.length > 0) throw new NoSuchResource(missing);
    return candidates;
  }

  private async choose(wish: PlaceWish, candidates: Candidates): Promise<LessonPlace> {
    const only = onlyPlace(candidates);
    // Nothing to choose: the claims themselves are the quickest to tell whether it is free.
    if (only) return only;
    if (candidates.teachers.length === 1 && candidates.sites.length === 1) {
      const place = bestPlace(await this.search.supply(wish, candidates, startOf(wish), { peopleUnread: true }));
      if (place) return placeAt(place);
    }
    return this.freePlace(wish, candidates);
  }

  private async freePlace(wish: PlaceWish, candidates: Candidates): Promise<LessonPlace> {
    const supply = await this.search.supply(wish, candidates, startOf(wish));
    const place = bestPlace(supply);
    if (place) return placeAt(place);
    const { nobodyAtWork, by } = hindrancesOf(supply);
    throw nobodyAtWork ? await this.unavailable(wish) : await this.taken(wish, by);
  }

  /** Which of them others hold, read now that our transaction is rolled back: they may be gone meanwhile. */
  private async busyNow(wish: PlaceWish, place: LessonPlace): Promise<Hindrance[]> {
    const resources = claimsOf(wish, place);
    const holders = await this.calendar.busyAmong({ resources, claimedBy: wish.bookingId });
    return takenOf(wish, place).flatMap(({ kind, resourceId }) => (holders.includes(resourceId) ? [kind] : []));
  }

  private async taken(wish: PlaceWish, by: readonly Hindrance[]): Promise<SlotTaken> {
    return new SlotTaken(by, await this.freeTimes.alternatives(wish, wish.startsAt));
  }

  private async unavailable(wish: PlaceWish): Promise<TeacherUnavailable> {
    return new TeacherUnavailable(await this.freeTimes.alternatives(wish, wish.startsAt));
  }
}

/** The one quarter hour in which the lesson may begin. */
function startOf({ startsAt }: PlaceWish): TimeRange {
  return new TimeRange(startOfSlot(slotAt(startsAt)), startOfSlot(slotAt(startsAt) + 1));
}
