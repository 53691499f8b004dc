import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { latestStart } from '../domain/booking-policy.js';
import { freePlaces, freeTimeAt, type FreeTime, type LessonSupply } from '../domain/calendar/free-times.js';
import { LessonSearch, type Candidates, type LessonWish } from './lesson-search.js';
import type { PagePosition } from './page-position.js';

const DAY = 86_400_000;
const ALTERNATIVES = 3;
const DAYS_BEFORE = 3;
const DAYS_AFTER = 7;

/** The times at which a lesson could be booked. Computed when asked, never stored. */
@Injectable()
export class FreeTimesFinder {
  constructor(
    private readonly search: LessonSearch,
    private readonly clock: Clock,
  ) {}

  /** Those that start in the window and not before now, at most `limit`, going on after a teacher's time at a start. @throws UnknownReference */
  async find(wish: LessonWish, window: TimeRange, limit: number, after?: PagePosition): Promise<FreeTime[]> {
    const candidates = await this.search.candidates(wish);
    const order = candidates.teachers.map(({ id }) => id);
    const isOnPageBefore = ({ startsAt, teacherId }: FreeTime) =>
      after?.startsAt.getTime() === startsAt.getTime() && order.indexOf(teacherId) <= order.indexOf(after.id);
    const found: FreeTime[] = [];
    for (const time of await this.times(wish, candidates, this.bookable(window, after?.startsAt))) {
      if (!isOnPageBefore(time) && found.push(time) === limit) break;
    }
    return found;
  }

  /** The free times nearest to the one that could not be had, one for each start, in order of time. */
  async alternatives(wish: LessonWish, startsAt: Date): Promise<FreeTime[]> {
    const around = new TimeRange(
      new Date(startsAt.getTime() - DAYS_BEFORE * DAY),
      new Date(startsAt.getTime() + DAYS_AFTER * DAY),
    );
    const byStart = new Map<number, FreeTime>();
    for (const time of await this.times(wish, await this.search.candidates(wish), this.bookable(around))) {
      if (!byStart.has(time.startsAt.getTime())) byStart.set(time.startsAt.getTime(), time);
    }
    const distance = (time: FreeTime) => Math.abs(time.startsAt.getTime() - startsAt.getTime());
    const nearest = [...byStart.values()].sort((a, b) => distance(a) - distance(b)).slice(0, ALTERNATIVES);
    return nearest.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  }

  private async times(wish: LessonWish, candidates: Candidates, window: TimeRange | null): Promise<Iterable<FreeTime>> {
    return window ? offers(await this.search.supply(wish, candidates, window)) : [];
  }

  /** What is left of the window between now and the horizon, from a page's position on; null when nothing is. */
  private bookable(window: TimeRange, position?: Date): TimeRange | null {
    const now = this.clock.now();
    const start = Math.max(window.start.getTime(), now.getTime(), position?.getTime() ?? 0);
    const end = Math.min(window.end.getTime(), latestStart(now).getTime());
    return start < end ? new TimeRange(new Date(start), new Date(end)) : null;
  }
}

/** One by one, so that a page costs no more than itself. */
function* offers(supply: LessonSupply): Generator<FreeTime> {
  for (const place of freePlaces(supply)) yield freeTimeAt(place, supply.slots);
}
