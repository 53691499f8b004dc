import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../../platform/outbox/event.js';
import { Handles } from '../../../../platform/outbox/handles.js';
import { subjectOf } from '../domain/about.js';
import { InboxItemsAdded, InboxRead } from '../domain/inbox-events.js';
import { Inbox } from '../queries/inbox.js';
import { InboxTopic } from '../queries/inbox-topic.js';

/** Tells whoever has his inbox open what came into it; Redis is an outside call, so at least once. */
@Injectable()
export class TellInboxes {
  constructor(
    private readonly inbox: Inbox,
    private readonly topic: InboxTopic,
  ) {}

  @Handles(InboxItemsAdded, { name: 'notifications.tell-inboxes', mode: 'external' })
  async added({ payload: { itemIds } }: EventOf<InboxItemsAdded>): Promise<void> {
    const items = await this.inbox.some(itemIds);
    if (items.length === 0) return;
    const unread = await this.inbox.unreadOf([...new Set(items.map(({ userId }) => userId))]);
    for (const { id, userId, kind, subjectId, createdAt } of items) {
      const news = { id, kind, subject: subjectOf(kind), subjectId, createdAt };
      await this.topic.added({ ...news, userId, unread: unread.get(userId) ?? 0 });
    }
  }

  @Handles(InboxRead, { name: 'notifications.tell-read-inbox', mode: 'external' })
  async read({ payload: { userId } }: EventOf<InboxRead>): Promise<void> {
    await this.topic.read({ userId, unread: await this.inbox.unread(userId) });
  }
}
