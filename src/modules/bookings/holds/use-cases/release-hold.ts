import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Diary, type DiaryEntry } from '../../queries/diary.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { BookingsAtHand } from '../../use-cases/bookings-at-hand.js';
import { HoldWriter } from '../../use-cases/hold-writer.js';

/** Gives a held time up before it runs out: it is anybody's at once, and nothing is owed. */
@Injectable()
export class ReleaseHold {
  constructor(
    readonly em: EntityManager,
    private readonly bookings: BookingsAtHand,
    private readonly holds: HoldWriter,
    private readonly diary: Diary,
  ) {}

  /** @throws BookingNotFound | BookingClosed */
  execute(actor: Actor, bookingId: Id, reason: string | null): Promise<DiaryEntry> {
    return againWhenChanged(() => this.release(actor, bookingId, reason));
  }

  @AnsweringTransaction()
  private async release(actor: Actor, bookingId: Id, reason: string | null): Promise<DiaryEntry> {
    const { booking } = await this.bookings.load(actor, bookingId);
    await this.holds.release(actor, booking, reason);
    await this.em.flush();
    return this.diary.entry(actor, bookingId);
  }
}
