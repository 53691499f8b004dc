import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, is, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Language } from '../../../../platform/http/language.js';
import type { Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { CalendarFeedSchema, FeedKind, StudentNames } from '../domain/calendar-feed.js';
import { FeedNotFound } from '../domain/feed-problems.js';

/** A subscription, never with its address. */
export interface FeedView {
  readonly id: Id;
  readonly kind: FeedKind;
  readonly teacherId: Id | null;
  readonly studentId: Id | null;
  readonly vehicleId: Id | null;
  readonly names: StudentNames;
  readonly language: Language;
  readonly userId: Id;
  readonly createdAt: Date;
  readonly rotatedAt: Date | null;
  readonly lastReadAt: Date | null;
}

export const feedList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { kind: is<FeedKind>('kind') },
});

/** The calendar feeds of the current school: all of them to the office, to everybody else his own. */
@Injectable()
export class FeedList {
  constructor(private readonly em: EntityManager) {}

  list(actor: Actor, asked: Asked<typeof feedList>): Promise<Page<FeedView>> {
    return feedList.page(this.inReachOf(actor), asked);
  }

  /** @throws FeedNotFound also when it is none of the actor's business */
  async get(actor: Actor, id: Id): Promise<FeedView> {
    const feed = await this.inReachOf(actor).where('id', '=', bin(id)).executeTakeFirst();
    if (!feed) throw new FeedNotFound();
    return feed;
  }

  private inReachOf({ role, userId }: Actor) {
    const feeds = schoolQuery<Tables<typeof CalendarFeedSchema>>(this.em)
      .selectFrom('calendar_feeds')
      .select(['id', 'kind', 'teacher_id as teacherId', 'student_id as studentId', 'vehicle_id as vehicleId'])
      .select(['names', 'language', 'user_id as userId', 'created_at as createdAt'])
      .select(['rotated_at as rotatedAt', 'last_read_at as lastReadAt']);
    return role === 'owner' || role === 'office' || userId === null ? feeds : feeds.where('user_id', '=', bin(userId));
  }
}
