import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Diary, type DiaryEntry } from '../../queries/diary.js';
import type { ConflictMode } from '../domain/lessons-plan.js';
import { refusedLesson, type RefusedLesson } from '../domain/series-problems.js';
import { carryOut } from './carry-out.js';
import { LessonsBooker } from './lessons-booker.js';
import type { LessonsPlan } from './lessons-planner.js';
import { WantedLessonsFinder, type TimesWanted, type WantedLessons } from './wanted-lessons.js';

export interface BookTimesCommand extends TimesWanted {
  readonly onConflict: ConflictMode;
}

/** What became of several lessons. */
export interface LessonsDone {
  /** In order of time. */
  readonly lessons: readonly DiaryEntry[];
  readonly refused: readonly RefusedLesson[];
}

/** Books a lesson at each of several times. */
@Injectable()
export class BookTimes {
  constructor(
    readonly em: EntityManager,
    private readonly wantedLessons: WantedLessonsFinder,
    private readonly booker: LessonsBooker,
    private readonly diary: Diary,
  ) {}

  /** @throws SomeLessonsRefused | TimesOverlap, or what the policies refuse */
  async execute(actor: Actor, command: BookTimesCommand): Promise<LessonsDone> {
    const wanted = await this.wantedLessons.times(actor, command);
    const plan = () => this.wantedLessons.plan(wanted);
    return carryOut(plan, command.onConflict, (planned) => this.book(actor, wanted, planned));
  }

  @AnsweringTransaction()
  private async book(actor: Actor, wanted: WantedLessons, plan: LessonsPlan): Promise<LessonsDone> {
    const bookings = await this.booker.book(wanted, plan);
    const lessons = await this.diary.entriesOf(
      actor,
      bookings.map(({ id }) => id),
    );
    return { lessons, refused: plan.refused.map(refusedLesson) };
  }
}
