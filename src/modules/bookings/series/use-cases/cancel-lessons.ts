import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { FeeChanged } from '../../domain/errors.js';
import { Diary } from '../../queries/diary.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { LessonWriter } from '../../use-cases/lesson-writer.js';
import type { ConflictMode } from '../domain/lessons-plan.js';
import { LessonsCancelledTogether } from '../domain/series-events.js';
import { refusedLesson } from '../domain/series-problems.js';
import type { LessonsDone } from './book-times.js';
import { CancellationCosts, type CancellationAsked, type LessonToCancel } from './cancellation-costs.js';
import { checkPossible } from './carry-out.js';

export interface CancelLessonsCommand extends CancellationAsked {
  readonly reason?: string;
  /** What the caller was told that all of it costs: refused when it costs something else by now. */
  readonly expectedFee?: { readonly amount: number; readonly currency: string };
  readonly onConflict: ConflictMode;
}

export interface LessonsCancelled extends LessonsDone {
  /** What cancelling did cost altogether. */
  readonly fee: Money;
}

/** Cancels lessons of a series, or several given ones, each with the fee that it costs alone. */
@Injectable()
export class CancelLessons {
  constructor(
    readonly em: EntityManager,
    private readonly costs: CancellationCosts,
    private readonly lessons: LessonWriter,
    private readonly outbox: Outbox,
    private readonly diary: Diary,
  ) {}

  /** @throws SomeLessonsRefused | FeeChanged, or what says which lessons are meant */
  execute(actor: Actor, command: CancelLessonsCommand): Promise<LessonsCancelled> {
    return againWhenChanged(() => this.cancel(actor, command));
  }

  @AnsweringTransaction()
  private async cancel(actor: Actor, command: CancelLessonsCommand): Promise<LessonsCancelled> {
    const { placed, refused, fee } = await this.costs.of(actor, command);
    checkPossible({ placed, refused }, command.onConflict);
    const { expectedFee } = command;
    if (expectedFee && !fee.equals(Money.of(expectedFee.amount, expectedFee.currency))) throw new FeeChanged(fee);
    const bookingIds = await this.cancelAll(actor, placed, command.reason ?? null);
    return { fee, lessons: await this.diary.entriesOf(actor, bookingIds), refused: refused.map(refusedLesson) };
  }

  private async cancelAll(actor: Actor, lessons: readonly LessonToCancel[], reason: string | null): Promise<Id[]> {
    const bookingIds = lessons.map(({ booking }) => booking.id);
    const deed = bookingIds.length === 1 ? {} : { partOf: newId() };
    for (const { booking, by, fee } of lessons) await this.lessons.cancel(actor, booking, { by, reason, fee, ...deed });
    if (deed.partOf) await this.outbox.record(new LessonsCancelledTogether({ partOf: deed.partOf, bookingIds }));
    return bookingIds;
  }
}
