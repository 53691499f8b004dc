import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { SlotBusy } from '../../domain/calendar/calendar-errors.js';
import { againWhenChanged } from '../../use-cases/again-when-changed.js';
import { HoldWriter } from '../../use-cases/hold-writer.js';

/** Ends a hold that ran out, unless somebody was faster: who paid, who took its time. */
@Injectable()
export class ExpireHold {
  constructor(
    private readonly em: EntityManager,
    private readonly holds: HoldWriter,
  ) {}

  /** @returns whether it is over. Money that has come in meanwhile makes it a lesson as soon as its event is handled. */
  async execute(bookingId: Id): Promise<boolean> {
    try {
      await againWhenChanged(() => inTransaction(this.em, () => this.expire(bookingId)));
      return true;
    } catch (error) {
      if (error instanceof SlotBusy) return false;
      throw error;
    }
  }

  private async expire(bookingId: Id): Promise<void> {
    await this.holds.expire(await this.holds.free([bookingId]));
  }
}
