import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import type { Id } from '../../../../platform/values/id.js';
import { TimeRange } from '../../../../platform/values/time-range.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { Scheduling } from '../../../schools/index.js';
import type { ConflictMode } from '../domain/lessons-plan.js';
import { refusalOf, type Refusal } from '../domain/series-problems.js';
import type { ClockChange } from '../domain/weekly-pattern.js';
import { LessonsMover, type LessonTarget } from '../use-cases/lessons-mover.js';
import type { LessonsPlan } from '../use-cases/lessons-planner.js';
import { MoveTargets, type GivenMove, type SeriesShift } from '../use-cases/move-targets.js';
import {
  WantedLessonsFinder,
  type SeriesWanted,
  type TimesWanted,
  type WantedLessons,
} from '../use-cases/wanted-lessons.js';

/** One of several lessons, as it would be now. */
export interface PlannedLesson {
  /** Null when it is not booked yet, as is where it was before. */
  readonly bookingId: Id | null;
  readonly previousStartsAt: Date | null;
  /** In the school's zone. */
  readonly date: LocalDate;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly clockChange: ClockChange | null;
  /** Null when it is refused, as is the vehicle. */
  readonly teacherId: Id | null;
  readonly vehicleId: Id | null;
  /** Null when it is possible. */
  readonly refusal: Refusal | null;
}

export interface LessonsPreview {
  readonly possible: number;
  readonly refused: number;
  /** In order of time. */
  readonly lessons: readonly PlannedLesson[];
}

/** What each lesson is, whatever becomes of it. */
type Described = Pick<PlannedLesson, 'bookingId' | 'previousStartsAt' | 'date' | 'startsAt' | 'endsAt' | 'clockChange'>;
type Describe = (lesson: { readonly bookingId: Id | null; readonly startsAt: Date }) => Described;

/** What booking or moving several lessons would come to. Changes nothing, and holds nothing. */
@Injectable()
export class PreviewLessons {
  constructor(
    private readonly wantedLessons: WantedLessonsFinder,
    private readonly targets: MoveTargets,
    private readonly mover: LessonsMover,
    private readonly scheduling: Scheduling,
  ) {}

  /** @throws what booking the series would be refused with as a whole */
  async series(actor: Actor, wanted: SeriesWanted): Promise<LessonsPreview> {
    return this.booking(await this.wantedLessons.series(actor, wanted));
  }

  /** @throws what booking the times would be refused with as a whole */
  async times(actor: Actor, wanted: TimesWanted): Promise<LessonsPreview> {
    return this.booking(await this.wantedLessons.times(actor, wanted));
  }

  /** @throws what moving them would be refused with as a whole */
  async shift(actor: Actor, seriesId: Id, shift: SeriesShift, onConflict: ConflictMode): Promise<LessonsPreview> {
    return this.moving(actor, await this.targets.ofSeries(actor, seriesId, shift), onConflict);
  }

  /** @throws what moving them would be refused with as a whole */
  async moves(actor: Actor, moves: readonly GivenMove[], onConflict: ConflictMode): Promise<LessonsPreview> {
    return this.moving(actor, await this.targets.given(actor, moves), onConflict);
  }

  private async booking(wanted: WantedLessons): Promise<LessonsPreview> {
    const { zone, type } = wanted.request;
    return previewOf(await this.wantedLessons.plan(wanted), ({ startsAt }) => ({
      bookingId: null,
      previousStartsAt: null,
      date: localDate(startsAt, zone),
      startsAt,
      endsAt: TimeRange.ofMinutes(startsAt, type.minutes).end,
      clockChange: wanted.clockChanges.get(startsAt.getTime()) ?? null,
    }));
  }

  private async moving(actor: Actor, targets: readonly LessonTarget[], mode: ConflictMode): Promise<LessonsPreview> {
    const { zone } = await this.scheduling.school();
    const byId = new Map(targets.map((target) => [target.booking.id, target]));
    return previewOf(await this.mover.plan(actor, targets, mode), ({ bookingId, startsAt }) => {
      const { booking, clockChange = null } = byId.get(bookingId!)!;
      return {
        bookingId,
        previousStartsAt: booking.startsAt,
        date: localDate(startsAt, zone),
        startsAt,
        endsAt: TimeRange.ofMinutes(startsAt, booking.lesson.minutes).end,
        clockChange,
      };
    });
  }
}

function previewOf({ placed, refused }: LessonsPlan, describe: Describe): LessonsPreview {
  const lessons: PlannedLesson[] = [
    ...placed.map(({ wish, place }) => ({
      ...describe(wish),
      teacherId: place.teacher.id,
      vehicleId: place.vehicle?.id ?? null,
      refusal: null,
    })),
    ...refused.map((each) => ({ ...describe(each), ...nobody, refusal: refusalOf(each.problem) })),
  ];
  lessons.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return { possible: placed.length, refused: refused.length, lessons };
}

const nobody = { teacherId: null, vehicleId: null };
