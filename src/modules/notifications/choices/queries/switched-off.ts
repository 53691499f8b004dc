import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { Channel } from '../../domain/message-kinds.js';
import type { Topic } from '../../domain/topics.js';
import type { MessagePreferenceSchema } from '../domain/message-preference.js';

/** What people of the current school have switched off. */
@Injectable()
export class SwitchedOff {
  constructor(private readonly em: EntityManager) {}

  /** @returns whether somebody does not want to hear of a topic on a channel */
  async by(userIds: readonly Id[]): Promise<(userId: Id, topic: Topic, channel: Channel) => boolean> {
    if (userIds.length === 0) return () => false;
    const rows = await schoolQuery<Tables<typeof MessagePreferenceSchema>>(this.em)
      .selectFrom('message_preferences')
      .select(['user_id as userId', 'topic', 'channel'])
      .where('user_id', 'in', bins(userIds))
      .where('is_on', '=', false)
      .execute();
    const off = new Set(rows.map((row) => `${row.userId}:${row.topic}:${row.channel}`));
    return (userId, topic, channel) => off.has(`${userId}:${topic}:${channel}`);
  }
}
