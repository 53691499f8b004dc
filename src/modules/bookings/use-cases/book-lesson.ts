import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Diary, type DiaryEntry } from '../queries/diary.js';
import { againWhenChanged } from './again-when-changed.js';
import { LessonDrafts, type BookLessonCommand, type LessonDraft } from './lesson-drafts.js';
import type { LessonPlace } from './lesson-place.js';
import { LessonPlacer } from './lesson-placer.js';
import { LessonWriter } from './lesson-writer.js';

/** Books a lesson for a student and notes what it costs. */
@Injectable()
export class BookLesson {
  constructor(
    readonly em: EntityManager,
    private readonly drafts: LessonDrafts,
    private readonly placer: LessonPlacer,
    private readonly lessons: LessonWriter,
    private readonly diary: Diary,
  ) {}

  /** @throws SlotTaken | TeacherUnavailable with alternatives, or what the policies refuse */
  async execute(actor: Actor, command: BookLessonCommand): Promise<DiaryEntry> {
    const draft = await this.drafts.draft(actor, command);
    // What may have changed meanwhile is a hold that ran out and stands in the way.
    return againWhenChanged(() =>
      this.placer.place(draft.wish, (place, wish) => this.bookAt(place, { ...draft, wish }, actor)),
    );
  }

  @AnsweringTransaction()
  private async bookAt(place: LessonPlace, draft: LessonDraft, actor: Actor): Promise<DiaryEntry> {
    const { id } = await this.lessons.book(actor, draft, place);
    return this.diary.entry(actor, id);
  }
}
