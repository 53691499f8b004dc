import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { freePlaces, freeTimeAt, type FreeTime } from '../domain/calendar/free-times.js';
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
    for await (const time of this.times(wish, candidates, fromNow(window, after?.startsAt ?? this.clock.now()))) {
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
    for await (const time of this.times(wish, await this.search.candidates(wish), fromNow(around, this.clock.now()))) {
      if (!byStart.has(time.startsAt.getTime())) byStart.set(time.startsAt.getTime(), time);
    }
    const distance = (time: FreeTime) => Math.abs(time.startsAt.getTime() - startsAt.getTime());
    const nearest = [...byStart.values()].sort((a, b) => distance(a) - distance(b)).slice(0, ALTERNATIVES);
    return nearest.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  }

  private async *times(wish: LessonWish, candidates: Candidates, window: TimeRange | null): AsyncGenerator<FreeTime> {
    if (!window) return;
    const supply = await this.search.supply(wish, candidates, window);
    for (const place of freePlaces(supply)) yield freeTimeAt(place, supply.slots);
  }
}

/** What is left of the window from an instant on, if anything. */
function fromNow(window: TimeRange, now: Date): TimeRange | null {
  const start = now > window.start ? now : window.start;
  return start < window.end ? new TimeRange(start, window.end) : null;
}
