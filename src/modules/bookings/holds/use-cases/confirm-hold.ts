import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { AnsweringTransaction } from '../../../../platform/http/idempotency/answering-transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { Diary, type DiaryEntry } from '../../queries/diary.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { BookingsAtHand } from '../../use-cases/bookings-at-hand.js';
import { HoldWriter } from '../../use-cases/hold-writer.js';

/** Staff say that a held time is a lesson. A prepayment that was asked for stays owed. */
@Injectable()
export class ConfirmHold {
  constructor(
    readonly em: EntityManager,
    private readonly bookings: BookingsAtHand,
    private readonly holds: HoldWriter,
    private readonly diary: Diary,
  ) {}

  /** @throws BookingNotFound | BookingClosed */
  execute(actor: Actor, bookingId: Id): Promise<DiaryEntry> {
    return againWhenChanged(() => this.confirm(actor, bookingId));
  }

  @AnsweringTransaction()
  private async confirm(actor: Actor, bookingId: Id): Promise<DiaryEntry> {
    const { booking } = await this.bookings.load(actor, bookingId);
    await this.holds.confirm(booking);
    await this.em.flush();
    return this.diary.entry(actor, bookingId);
  }
}
