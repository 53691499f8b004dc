import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, bins, globalQuery } from '../../../../platform/database/query.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import type { OfferState } from '../domain/offer.js';
import type { WaitingListTables } from '../waiting-list.tables.js';

type Closed = Exclude<OfferState, 'open'>;

/** Ends offers that are open, and what hangs on them. What was closed before stays as it is; a link's secret goes. */
@Injectable()
export class CloseOffers {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** @returns false when it was not open any more, or its time was over */
  async accept(offerId: Id, bookingId: Id): Promise<boolean> {
    const { numUpdatedRows } = await this.open
      .set({ ...this.closed('accepted'), booking_id: bin(bookingId) })
      .where('id', '=', bin(offerId))
      .where('expires_at', '>', this.clock.now())
      .executeTakeFirstOrThrow();
    return numUpdatedRows === 1n;
  }

  /** @returns false when none was open any more */
  async close(offerIds: readonly Id[], state: Closed): Promise<boolean> {
    if (offerIds.length === 0) return false;
    const { numUpdatedRows } = await this.open
      .set(this.closed(state))
      .where('id', 'in', bins(offerIds))
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  /** He who waited has got his lesson, and what else he was offered for it does not stand any more. */
  async fulfil(entryId: Id, bookingId: Id): Promise<void> {
    await this.db
      .updateTable('waiting_list_entries')
      .set({ state: 'fulfilled', booking_id: bin(bookingId), closed_at: this.clock.now() })
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(entryId))
      .where('state', '=', 'active')
      .execute();
    await this.withdrawOf(entryId);
  }

  /** Nothing came of the lesson that ended a wait, so it goes on. @returns false when the lesson ended none */
  async waitOn(bookingId: Id): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('waiting_list_entries')
      .set({ state: 'active', booking_id: null, closed_at: null })
      .where('school_id', '=', bin(currentSchool()))
      .where('booking_id', '=', bin(bookingId))
      .where('state', '=', 'fulfilled')
      .executeTakeFirstOrThrow();
    return numUpdatedRows > 0n;
  }

  async withdrawOf(entryId: Id): Promise<void> {
    await this.open.set(this.closed('withdrawn')).where('entry_id', '=', bin(entryId)).execute();
  }

  private closed(state: Closed) {
    return { state, token: null, closed_at: this.clock.now() };
  }

  private get open() {
    return this.db.updateTable('offers').where('school_id', '=', bin(currentSchool())).where('state', '=', 'open');
  }

  private get db() {
    return globalQuery<WaitingListTables>(this.em);
  }
}
