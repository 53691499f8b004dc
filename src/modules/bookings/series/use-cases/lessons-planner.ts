import { Injectable } from '@nestjs/common';
import { Problem } from '../../../../platform/http/problem.js';
import { Clock } from '../../../../platform/values/clock.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { isBookable, type BookableTimes } from '../../domain/bookable-times.js';
import { masksOf, slotsClaimed, staysOf, type ResourceClaim } from '../../domain/calendar/claimed-slots.js';
import { bestPlace, type FreeTime, type LessonSupply, type UnitTime } from '../../domain/calendar/free-times.js';
import { hindrancesOf } from '../../domain/calendar/hindrances.js';
import { nearestTimes, offers } from '../../domain/calendar/offers.js';
import { slotAt, slotFrom, SLOTS_PER_DAY, startOfSlot, type SlotSpan } from '../../domain/calendar/slots.js';
import { NoSuchResource, SlotTaken, TeacherUnavailable, UnknownReference } from '../../domain/errors.js';
import { BookingRules } from '../../ports/booking-rules.js';
import { ExpiredHolds } from '../../queries/expired-holds.js';
import { LessonCandidates, wantedOf } from '../../queries/lesson-candidates.js';
import { LessonSearch } from '../../queries/lesson-search.js';
import { missingIn } from '../../use-cases/lesson-choices.js';
import { claimsOf, placeAt, type LessonPlace, type PlaceWish } from '../../use-cases/lesson-place.js';
import type { Placed, Refused } from '../domain/lessons-plan.js';

/** Where each of several lessons would take place, in order of their start, and which of them are not possible. */
export interface LessonsPlan {
  readonly placed: readonly Placed<PlaceWish, LessonPlace>[];
  readonly refused: readonly Refused[];
}

const DAY = 86_400_000;
/** So far before and after a time that is not free, another one is looked for. */
const ALTERNATIVE_DAYS = 2;

/** Everybody's time around some lessons that look for the same. */
interface Search {
  readonly supply: LessonSupply;
  /** When whoever asks may book himself. */
  readonly bookable: BookableTimes | undefined;
}

/** Finds places for several lessons at once: what one of them takes is not there for the next. */
@Injectable()
export class LessonsPlanner {
  constructor(
    private readonly candidates: LessonCandidates,
    private readonly search: LessonSearch,
    private readonly rules: BookingRules,
    private readonly expired: ExpiredHolds,
    private readonly clock: Clock,
  ) {}

  /** As things stand now; nothing is held. @throws UnknownReference when no lesson at all can be with who or what is named */
  async plan(wishes: readonly PlaceWish[]): Promise<LessonsPlan> {
    const plan = await this.planAmong(wishes);
    if (!plan.refused.some(({ problem }) => problem instanceof SlotTaken)) return plan;
    const expiredHolds = await this.expired.around(spanOf(wishes, 0));
    if (expiredHolds.length === 0) return plan;
    const expired = expiredHolds.flatMap(({ claims }) => claims);
    return this.planAmong(
      wishes.map((wish) => ({ ...wish, expiredHolds, ownClaims: [...(wish.ownClaims ?? []), ...expired] })),
    );
  }

  private async planAmong(wishes: readonly PlaceWish[]): Promise<LessonsPlan> {
    const [searches, unknown] = await this.searches(wishes);
    const tally = await this.rules.tally(wishes.map(({ ruling }) => ruling));
    const placed: Placed<PlaceWish, LessonPlace>[] = [];
    const refused: Refused[] = [...unknown];
    const taken: ResourceClaim[] = [];
    for (const wish of wishes.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime())) {
      const search = searches.get(wish);
      if (!search) continue;
      const supply = without(search.supply, taken, wish.studentResourceId, slotOf(wish));
      try {
        const best = bestPlace(supply);
        const place = best ? placeAt(best) : this.refuse({ ...search, supply }, taken, wish);
        tally.add(wish.ruling);
        placed.push({ wish, place });
        taken.push(...claimsOf(wish, place));
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        refused.push({ bookingId: wish.bookingId, startsAt: wish.startsAt, problem });
      }
    }
    return { placed, refused };
  }

  private async searches(wishes: readonly PlaceWish[]): Promise<[Map<PlaceWish, Search>, Refused[]]> {
    const searches = new Map<PlaceWish, Search>();
    const unknown: Refused[] = [];
    for (const group of Map.groupBy(wishes, sameSearch).values()) {
      try {
        const search = await this.searchFor(group);
        for (const wish of group) searches.set(wish, search);
      } catch (problem) {
        if (!isAboutResources(problem)) throw problem;
        unknown.push(...group.map(({ bookingId, startsAt }) => ({ bookingId, startsAt, problem })));
      }
    }
    if (searches.size === 0 && unknown[0]) throw unknown[0].problem;
    return [searches, unknown];
  }

  private async searchFor(group: readonly PlaceWish[]): Promise<Search> {
    const wish = group[0]!;
    const window = spanOf(group, ALTERNATIVE_DAYS);
    const [supply, bookable] = await Promise.all([this.supply(wish, window), wish.bookable?.(window)]);
    return { supply, bookable };
  }

  private async supply(wish: PlaceWish, window: TimeRange): Promise<LessonSupply> {
    const candidates = await this.candidates.of(wish);
    const missing = missingIn(candidates);
    if (missing.length > 0) throw new NoSuchResource(missing);
    return this.search.supply(wish, candidates, window);
  }

  /** @throws SlotTaken | TeacherUnavailable, both with alternatives */
  private refuse(search: Search, taken: readonly ResourceClaim[], wish: PlaceWish): never {
    const { nobodyAtWork, by } = hindrancesOf(search.supply);
    const alternatives = this.alternatives(search, taken, wish);
    throw nobodyAtWork ? new TeacherUnavailable(alternatives) : new SlotTaken(by, alternatives);
  }

  private alternatives({ supply, bookable }: Search, taken: readonly ResourceClaim[], wish: PlaceWish): FreeTime[] {
    const around = (days: number) => slotAt(new Date(wish.startsAt.getTime() + days * DAY));
    const first = Math.max(around(-ALTERNATIVE_DAYS), slotFrom(this.clock.now()));
    const window = { first, end: around(ALTERNATIVE_DAYS) };
    if (window.first >= window.end) return [];
    const left = without(supply, taken, wish.studentResourceId, window);
    return nearestTimes(
      offers(left, (start) => !bookable || isBookable(bookable, start)),
      wish.startsAt,
    );
  }
}

/** From the first to the last of them, and so many days around. */
function spanOf(wishes: readonly PlaceWish[], days: number): TimeRange {
  const starts = wishes.map(({ startsAt }) => startsAt.getTime());
  return new TimeRange(new Date(Math.min(...starts) - days * DAY), new Date(Math.max(...starts) + days * DAY + 1));
}

/** Lessons of the same kind, for the same student, with the same wishes, look among the same. */
function sameSearch(wish: PlaceWish): string {
  const { lessonType, minutes, setupMinutes, bufferMinutes, studentResourceId, locationId, preferred } = wish;
  const length = [minutes, setupMinutes, bufferMinutes];
  const where = locationId === undefined ? 'anywhere' : locationId;
  return JSON.stringify([lessonType, length, studentResourceId, wantedOf(wish), where, preferred]);
}

/** None that would do: not of that lesson alone, but of all that look for the same. */
function isAboutResources(problem: unknown): problem is Problem {
  return problem instanceof UnknownReference || problem instanceof NoSuchResource;
}

function slotOf({ startsAt }: PlaceWish): SlotSpan {
  const first = slotAt(startsAt);
  return { first, end: first + 1 };
}

/** What is left in the window once other lessons have what they take, and are where they are. */
function without(
  supply: LessonSupply,
  taken: readonly ResourceClaim[],
  student: number,
  window: SlotSpan,
): LessonSupply {
  const near = new TimeRange(startOfSlot(window.first - SLOTS_PER_DAY), startOfSlot(window.end + SLOTS_PER_DAY));
  const claims = taken.filter(({ range }) => range.overlaps(near));
  if (claims.length === 0) return { ...supply, window };
  const masks = Map.groupBy(masksOf(slotsClaimed(claims)), ({ resourceId, place }) => `${resourceId}:${place}`);
  const stays = Map.groupBy(staysOf(claims), ({ resourceId }) => resourceId);
  const masksAt = (resourceId: number, place = 0) => masks.get(`${resourceId}:${place}`) ?? [];
  const busier = <T extends UnitTime>(each: T): T => ({
    ...each,
    busy: [...each.busy, ...masksAt(each.resourceId, each.place)],
    ...(each.stays && { stays: [...each.stays, ...(stays.get(each.resourceId) ?? [])] }),
  });
  return {
    ...supply,
    window,
    ...(supply.student && { student: [...supply.student, ...masksAt(student)] }),
    sites: supply.sites.map((site) => ({
      ...site,
      teachers: site.teachers.map(busier),
      ...(site.vehicles && { vehicles: site.vehicles.map(busier) }),
      ...(site.trailers && { trailers: site.trailers.map(busier) }),
      ...(site.facilities && { facilities: site.facilities.map(busier) }),
    })),
  };
}
