import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { LockMode } from '@mikro-orm/core';
import { Audit } from '../../../../platform/audit/audit.js';
import type { PersonActor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { CalendarFeed } from '../domain/calendar-feed.js';
import { FeedNotFound } from '../domain/feed-problems.js';
import { FeedAddresses, type OpenedFeed } from '../queries/feed-addresses.js';

/** Gives one's feed a new address; the old one shows nothing from then on. */
@Injectable()
export class RotateCalendarFeed {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly addresses: FeedAddresses,
    private readonly audit: Audit,
  ) {}

  /** @throws FeedNotFound also when it is somebody else's, whose calendar nobody gets the address of */
  @Transaction()
  async execute({ userId }: PersonActor, id: Id): Promise<OpenedFeed> {
    const feed = await this.em.findOne(CalendarFeed, { id, userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!feed) throw new FeedNotFound();
    const token = feed.rotate(this.clock.now());
    await this.em.flush();
    await this.audit.record({ action: 'calendar_feed.rotated', subjectId: id });
    return this.addresses.of(feed, token);
  }
}
