import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Diary } from '../../queries/diary.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import type { ConflictMode } from '../domain/lessons-plan.js';
import { refusedLesson } from '../domain/series-problems.js';
import type { LessonsDone } from './book-times.js';
import { carryOut } from './carry-out.js';
import { LessonsMover, type LessonTarget } from './lessons-mover.js';
import type { LessonsPlan } from './lessons-planner.js';
import { MoveTargets, type GivenMove, type SeriesShift } from './move-targets.js';

/** Moves lessons of a series, or several given ones: all of them, or those that can be. */
@Injectable()
export class MoveLessons {
  constructor(
    readonly em: EntityManager,
    private readonly targets: MoveTargets,
    private readonly mover: LessonsMover,
    private readonly diary: Diary,
  ) {}

  /** @throws SomeLessonsRefused | SeriesNotFound | NothingLeftOfSeries | NothingToChange */
  series(actor: Actor, seriesId: Id, shift: SeriesShift & { readonly onConflict: ConflictMode }): Promise<LessonsDone> {
    return this.execute(actor, () => this.targets.ofSeries(actor, seriesId, shift), shift.onConflict);
  }

  /** @throws SomeLessonsRefused | BookingNotFound | NamedTwice */
  given(actor: Actor, moves: readonly GivenMove[], onConflict: ConflictMode): Promise<LessonsDone> {
    return this.execute(actor, () => this.targets.given(actor, moves), onConflict);
  }

  private execute(actor: Actor, read: () => Promise<LessonTarget[]>, onConflict: ConflictMode): Promise<LessonsDone> {
    return againWhenChanged(() =>
      carryOut(
        async () => this.mover.plan(actor, await read(), onConflict),
        onConflict,
        (plan) => this.move(actor, plan),
      ),
    );
  }

  @AnsweringTransaction()
  private async move(actor: Actor, plan: LessonsPlan): Promise<LessonsDone> {
    await this.mover.move(plan);
    const lessons = await this.diary.entriesOf(
      actor,
      plan.placed.map(({ wish }) => wish.bookingId),
    );
    return { lessons, refused: plan.refused.map(refusedLesson) };
  }
}
