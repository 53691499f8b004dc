import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Problem } from '../../../../platform/http/problem.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { localDate } from '../../../../platform/values/zone.js';
import { InThePast, OffGrid } from '../../domain/errors.js';
import { SLOT_MINUTES } from '../../domain/calendar/slots.js';
import {
  LessonDrafts,
  type BookLessonCommand,
  type LessonDraft,
  type LessonRequest,
} from '../../use-cases/lesson-drafts.js';
import type { Refused } from '../domain/lessons-plan.js';
import {
  PaidInAdvance,
  SeriesEmpty,
  SeriesEndUnclear,
  SeriesTooLong,
  TimesOverlap,
} from '../domain/series-problems.js';
import {
  datesOf,
  MOST_LESSONS,
  occurrenceOf,
  type ClockChange,
  type Occurrence,
  type WeeklyPattern,
} from '../domain/weekly-pattern.js';
import { LessonsPlanner, type LessonsPlan } from './lessons-planner.js';

type Wanted = Omit<BookLessonCommand, 'startsAt' | 'offered' | 'hold'>;

export interface SeriesWanted extends Wanted, WeeklyPattern {}

/** One of several given times, and with whom and in what it shall be. */
export interface GivenTime extends Pick<BookLessonCommand, 'startsAt' | 'teacherId' | 'vehicleId'> {}

export interface TimesWanted extends Wanted {
  readonly times: readonly GivenTime[];
}

/** Lessons that one student wants, as far as they are not refused for their time alone. */
export interface WantedLessons {
  readonly request: LessonRequest;
  readonly drafts: readonly LessonDraft[];
  readonly refused: readonly Refused[];
  /** By the start of each lesson, what the clocks do there. */
  readonly clockChanges: ReadonlyMap<number, ClockChange>;
}

/** What is wanted, looked up and held against the policies; then planned, as often as it takes. */
@Injectable()
export class WantedLessonsFinder {
  constructor(
    private readonly clock: Clock,
    private readonly drafts: LessonDrafts,
    private readonly planner: LessonsPlanner,
  ) {}

  /** @throws SeriesEndUnclear | SeriesTooLong | SeriesEmpty | OffGrid | InThePast, and what the policies refuse whatever the time */
  async series(actor: Actor, wanted: SeriesWanted): Promise<WantedLessons> {
    const dates = checkedDates(wanted);
    const request = await this.request(actor, wanted);
    if (wanted.from < localDate(this.clock.now(), request.zone)) throw new InThePast('from');
    const occurrences = dates.map((date) => occurrenceOf(date, wanted.time, request.zone));
    return {
      request,
      ...this.drafted(occurrences.map((each) => [request, each])),
      clockChanges: changesOf(occurrences),
    };
  }

  /** @throws TimesOverlap, and what the policies refuse whatever the time */
  async times(actor: Actor, wanted: TimesWanted): Promise<WantedLessons> {
    const request = await this.request(actor, wanted);
    checkApart(wanted.times, request.type.minutes);
    const asked = wanted.times.map(
      (time) => [{ ...request, wanted: { ...request.wanted, ...namedOf(time) } }, time] as const,
    );
    return { request, ...this.drafted(asked), clockChanges: new Map() };
  }

  /** As things stand now. @throws UnknownReference */
  async plan({ drafts, refused }: WantedLessons): Promise<LessonsPlan> {
    const plan = await this.planner.plan(drafts.map(({ wish }) => wish));
    // What would have been booked has no id that anybody could know.
    const ofPlan = plan.refused.map((each) => ({ ...each, bookingId: null }));
    return { ...plan, refused: [...refused, ...ofPlan].sort(byStart) };
  }

  /** @throws PaidInAdvance, and what the policies refuse */
  private async request(actor: Actor, wanted: Wanted): Promise<LessonRequest> {
    const request = await this.drafts.request(actor, wanted);
    // Each would be held until it is paid, for minutes.
    if (!actor.isStaff && request.rules.prepaymentOf(request.type.price).isPositive) throw new PaidInAdvance();
    return request;
  }

  private drafted(asked: readonly (readonly [LessonRequest, { readonly startsAt: Date }])[]) {
    const drafts: LessonDraft[] = [];
    const refused: Refused[] = [];
    for (const [request, { startsAt }] of asked) {
      try {
        drafts.push(this.drafts.draftAt(request, startsAt));
      } catch (problem) {
        if (!(problem instanceof Problem)) throw problem;
        refused.push({ bookingId: null, startsAt, problem });
      }
    }
    return { drafts, refused };
  }
}

function checkedDates({ time, ...pattern }: SeriesWanted): string[] {
  if (Number(time.slice(3)) % SLOT_MINUTES !== 0) throw new OffGrid('time');
  if ((pattern.until === undefined) === (pattern.count === undefined)) throw new SeriesEndUnclear();
  const dates = datesOf({ time, ...pattern });
  if (dates.length === 0) throw new SeriesEmpty();
  if (dates.length > MOST_LESSONS) throw new SeriesTooLong(pattern.until === undefined ? 'count' : 'until');
  return dates;
}

function changesOf(occurrences: readonly Occurrence[]): Map<number, ClockChange> {
  return new Map(
    occurrences.flatMap(({ startsAt, clockChange }) =>
      clockChange ? [[startsAt.getTime(), clockChange] as const] : [],
    ),
  );
}

function namedOf({ teacherId, vehicleId }: GivenTime): { readonly teacherId?: Id; readonly vehicleId?: Id } {
  return { ...(teacherId && { teacherId }), ...(vehicleId && { vehicleId }) };
}

function checkApart(times: readonly GivenTime[], minutes: number): void {
  const ranges = times.map(({ startsAt }) => TimeRange.ofMinutes(startsAt, minutes));
  ranges.forEach((range, index) => {
    if (ranges.slice(0, index).some((earlier) => earlier.overlaps(range))) throw new TimesOverlap(index);
  });
}

function byStart(a: { readonly startsAt: Date }, b: { readonly startsAt: Date }): number {
  return a.startsAt.getTime() - b.startsAt.getTime();
}
