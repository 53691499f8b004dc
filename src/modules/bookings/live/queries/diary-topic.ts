import { Injectable } from '@nestjs/common';
import type { EventSource } from '../../../../platform/http/sse.js';
import { LiveTopics } from '../../../../platform/live/live-topics.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { concernsTeacher, type DiaryChange, type DiaryNews } from '../domain/diary-news.js';

/** What happens in the current school's diary, told as it happens. */
@Injectable()
export class DiaryTopic {
  constructor(private readonly topics: LiveTopics) {}

  /** For handlers of events with mode `external`, never inside a transaction. @throws Error when Redis is away */
  async tell(change: DiaryChange, news: DiaryNews): Promise<void> {
    await this.topics.publish(this.topic, change, news);
  }

  /** As long as it is the same, nothing was told. @throws Error when Redis is away */
  position(): Promise<string> {
    return this.topics.position(this.topic);
  }

  /** @param teacherId of this teacher alone, when given @throws LiveNewsAway */
  follow(lastEventId: string | undefined, teacherId: Id | undefined): Promise<EventSource> {
    const isFor = (news: object) => teacherId === undefined || concernsTeacher(news as DiaryNews, teacherId);
    return this.topics.follow(this.topic, lastEventId, isFor);
  }

  private get topic(): string {
    return `diary:${currentSchool()}`;
  }
}
