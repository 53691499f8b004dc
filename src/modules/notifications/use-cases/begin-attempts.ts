import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bins, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { type MessageParams, type MessageSchema, unsentStates } from '../domain/message.js';
import { storedJson } from '../../../platform/database/stored-json.js';

/** Begins an attempt for many messages in one statement, as `Message.beginAttempt()` would for each of them. */
@Injectable()
export class BeginAttempts {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** @returns those that are not closed */
  @Transaction()
  async execute(messageIds: readonly Id[]): Promise<MessageInHand[]> {
    const ids = bins(messageIds);
    await this.db
      .updateTable('messages')
      .set((row) => ({
        state: 'sending',
        attempts: row('attempts', '+', 1),
        first_tried_at: row.fn.coalesce('first_tried_at', sql<Date>`${this.clock.now()}`),
      }))
      .where('id', 'in', ids)
      .where('state', 'in', unsentStates)
      .execute();
    const rows = await this.db
      .selectFrom('messages')
      .select(['id', 'school_id as schoolId', 'user_id as userId', 'channel', 'kind', 'subject_id as subjectId'])
      .select(['params', 'happens_at as happensAt', 'fallback_of as fallbackOf', 'attempts'])
      .select(['created_at as createdAt', 'first_tried_at as firstTriedAt'])
      .where('id', 'in', ids)
      .where('state', '=', 'sending')
      .orderBy('id')
      .execute();
    return rows.map(({ params, attempts, ...row }) => ({
      ...row,
      params: storedJson<MessageParams>(params),
      mayHaveGone: attempts > 1,
    }));
  }

  private get db() {
    return globalQuery<Tables<typeof MessageSchema>>(this.em);
  }
}
