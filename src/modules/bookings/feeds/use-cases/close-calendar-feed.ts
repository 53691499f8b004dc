import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import type { Actor } from '../../../../platform/auth/actor.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { Id } from '../../../../platform/values/id.js';
import { CalendarFeed } from '../domain/calendar-feed.js';
import { FeedList } from '../queries/feed-list.js';

/** Ends a subscription: its address shows nothing any more. */
@Injectable()
export class CloseCalendarFeed {
  constructor(
    readonly em: EntityManager,
    private readonly feeds: FeedList,
    private readonly audit: Audit,
  ) {}

  /** The office closes everybody's. @throws FeedNotFound */
  @Transaction()
  async execute(actor: Actor, id: Id): Promise<void> {
    const { userId, kind } = await this.feeds.get(actor, id);
    await this.em.nativeDelete(CalendarFeed, { id });
    await this.audit.record({ action: 'calendar_feed.closed', subjectId: id, details: { userId, kind } });
  }
}
