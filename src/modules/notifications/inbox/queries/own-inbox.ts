import { Injectable, type StreamableFile } from '@nestjs/common';
import type { PersonActor } from '../../../../platform/auth/actor.js';
import type { Page } from '../../../../platform/http/paging.js';
import { EventStreams } from '../../../../platform/http/sse.js';
import { Inbox, type InboxAsked } from './inbox.js';
import { InboxTopic } from './inbox-topic.js';
import { InboxWords, type InboxItem } from './inbox-words.js';

/** A person's own inbox at the current school. */
@Injectable()
export class OwnInbox {
  constructor(
    private readonly inbox: Inbox,
    private readonly words: InboxWords,
    private readonly topic: InboxTopic,
    private readonly streams: EventStreams,
  ) {}

  async list({ userId }: PersonActor, asked: InboxAsked): Promise<Page<InboxItem>> {
    const page = await this.inbox.page(userId, asked);
    return { ...page, items: await this.words.of(userId, page.items) };
  }

  async summary({ userId }: PersonActor): Promise<{ unread: number }> {
    return { unread: await this.inbox.unread(userId) };
  }

  /** @throws LiveNewsAway */
  async follow({ userId }: PersonActor, lastEventId: string | undefined): Promise<StreamableFile> {
    return this.streams.open(await this.topic.follow(userId, lastEventId));
  }
}
