import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import type { PersonActor } from '../../../../platform/auth/actor.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { InboxRead } from '../domain/inbox-events.js';
import type { InboxItemSchema } from '../domain/inbox-item.js';
import { InboxItemNotFound } from '../domain/inbox-problems.js';
import { Inbox } from '../queries/inbox.js';

/** Marks as read what somebody has seen; what was read before keeps its time. */
@Injectable()
export class ReadInboxItems {
  constructor(
    readonly em: EntityManager,
    private readonly inbox: Inbox,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws InboxItemNotFound also for somebody else's */
  @Transaction()
  async one(actor: PersonActor, itemId: Id): Promise<void> {
    if (!(await this.inbox.has(actor.userId, itemId))) throw new InboxItemNotFound();
    const { numUpdatedRows } = await this.unread(actor).where('id', '=', bin(itemId)).executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) await this.outbox.record(new InboxRead({ userId: actor.userId }));
  }

  /** That one and all before it. @throws InboxItemNotFound */
  @Transaction()
  async upTo(actor: PersonActor, itemId: Id): Promise<void> {
    if (!(await this.inbox.has(actor.userId, itemId))) throw new InboxItemNotFound();
    const { numUpdatedRows } = await this.unread(actor).where('id', '<=', bin(itemId)).executeTakeFirstOrThrow();
    if (numUpdatedRows > 0n) await this.outbox.record(new InboxRead({ userId: actor.userId }));
  }

  private unread({ schoolId, userId }: PersonActor) {
    return globalQuery<Tables<typeof InboxItemSchema>>(this.em)
      .updateTable('inbox_items')
      .set({ read_at: this.clock.now() })
      .where('school_id', '=', bin(schoolId))
      .where('user_id', '=', bin(userId))
      .where('read_at', 'is', null);
  }
}
