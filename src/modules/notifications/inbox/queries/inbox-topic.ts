import { Injectable } from '@nestjs/common';
import type { EventSource } from '../../../../platform/http/sse.js';
import { LiveTopics } from '../../../../platform/live/live-topics.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import type { MessageKind } from '../../domain/message-kinds.js';
import type { InboxSubject } from '../domain/about.js';

/** Of whose inbox it is news, and how much he has not read. */
interface InboxNews {
  readonly userId: Id;
  readonly unread: number;
}

export interface AddedNews extends InboxNews {
  readonly id: Id;
  readonly kind: MessageKind;
  readonly subject: InboxSubject;
  readonly subjectId: Id;
  readonly createdAt: Date;
}

/** What comes into the inboxes of the current school, told as it comes: ids and counts, no words. */
@Injectable()
export class InboxTopic {
  constructor(private readonly topics: LiveTopics) {}

  /** Outside of any transaction. @throws Error when Redis is away */
  added(news: AddedNews): Promise<void> {
    return this.topics.publish(this.topic, 'added', news);
  }

  /** The same. */
  read(news: InboxNews): Promise<void> {
    return this.topics.publish(this.topic, 'read', news);
  }

  /** @throws LiveNewsAway */
  follow(userId: Id, lastEventId: string | undefined): Promise<EventSource> {
    return this.topics.follow(this.topic, lastEventId, (news) => (news as InboxNews).userId === userId);
  }

  private get topic(): string {
    return `inbox:${currentSchool()}`;
  }
}
