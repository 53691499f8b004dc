import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/values/clock.js';
import { TimeRange } from '../../../platform/values/time-range.js';
import { bookablePart, isBookable } from '../domain/bookable-times.js';
import { latestStart } from '../domain/booking-policy.js';
import type { FreeTime } from '../domain/calendar/free-times.js';
import { nearestTimes, offers } from '../domain/calendar/offers.js';
import { slotFrom, startOfSlot } from '../domain/calendar/slots.js';
import { LessonCandidates, type LessonWish } from './lesson-candidates.js';
import { LessonSearch } from './lesson-search.js';
import type { PagePosition } from './page-position.js';

const DAY = 86_400_000;
const DAYS_BEFORE = 3;
const DAYS_AFTER = 7;
const FIRST_PORTION_DAYS = 4;

/** The times at which a lesson could be booked. Computed when asked, never stored. */
@Injectable()
export class FreeTimesFinder {
  constructor(
    private readonly candidates: LessonCandidates,
    private readonly search: LessonSearch,
    private readonly clock: Clock,
  ) {}

  /** Those that start in the window and not before now, at most `limit`, going on after a teacher's time at a start. @throws UnknownReference */
  async find(wish: LessonWish, window: TimeRange, limit: number, after?: PagePosition): Promise<FreeTime[]> {
    const candidates = await this.candidates.of(wish);
    const order = candidates.teachers.map(({ id }) => id);
    const isOnPageBefore = ({ startsAt, teacherId }: FreeTime) =>
      after?.startsAt.getTime() === startsAt.getTime() && order.indexOf(teacherId) <= order.indexOf(after.id);
    const found: FreeTime[] = [];
    const { span, isWanted } = await this.wanted(wish, this.bookable(window, after?.startsAt));
    for (const portion of portionsOf(span)) {
      for (const time of offers(await this.search.supply(wish, candidates, portion), isWanted))
        if (!isOnPageBefore(time) && found.push(time) === limit) return found;
    }
    return found;
  }

  /** The free times nearest to the one that could not be had, one for each start, in order of time. */
  async alternatives(wish: LessonWish, startsAt: Date): Promise<FreeTime[]> {
    const around = new TimeRange(
      new Date(startsAt.getTime() - DAYS_BEFORE * DAY),
      new Date(startsAt.getTime() + DAYS_AFTER * DAY),
    );
    const { span, isWanted } = await this.wanted(wish, this.bookable(around));
    if (!span) return [];
    const supply = await this.search.supply(wish, await this.candidates.of(wish), span);
    return nearestTimes(offers(supply, isWanted), startsAt);
  }

  /** What of the window whoever asks may book; nothing when he may book none of it. */
  private async wanted(wish: LessonWish, window: TimeRange | null): Promise<WantedTimes> {
    if (!window || !wish.bookable) return { span: window, isWanted: () => true };
    const bookable = await wish.bookable(window);
    const { first, end } = bookablePart(bookable, { first: slotFrom(window.start), end: slotFrom(window.end) });
    const span = first < end ? new TimeRange(startOfSlot(first), startOfSlot(end)) : null;
    return { span, isWanted: (start) => isBookable(bookable, start) };
  }

  /** What is left of the window between now and the horizon, from a page's position on; null when nothing is. */
  private bookable(window: TimeRange, position?: Date): TimeRange | null {
    const now = this.clock.now();
    const start = Math.max(window.start.getTime(), now.getTime(), position?.getTime() ?? 0);
    const end = Math.min(window.end.getTime(), latestStart(now).getTime());
    return start < end ? new TimeRange(new Date(start), new Date(end)) : null;
  }
}

interface WantedTimes {
  readonly span: TimeRange | null;
  readonly isWanted: (start: number) => boolean;
}

/** Most pages are full before the first portion ends, so the rest is read only for those that are not. */
function portionsOf(span: TimeRange | null): TimeRange[] {
  if (!span) return [];
  const cut = new Date(span.start.getTime() + FIRST_PORTION_DAYS * DAY);
  return cut < span.end ? [new TimeRange(span.start, cut), new TimeRange(cut, span.end)] : [span];
}
