import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { cursorId } from '../../../platform/database/by-name.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { decodeCursor, pageOf, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import type { Channel, MessageKind } from '../domain/message-kinds.js';
import type { MessageSchema, MessageState } from '../domain/message.js';

/** One line of the delivery log. */
export interface MessageRow {
  readonly id: Id;
  readonly userId: Id;
  readonly channel: Channel;
  readonly kind: MessageKind;
  readonly subjectId: Id;
  readonly state: MessageState;
  readonly recipient: string | null;
  readonly provider: string | null;
  readonly providerRef: string | null;
  readonly segments: number | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
}

export interface MessageFilter {
  readonly limit: number;
  readonly cursor?: string;
  readonly userId?: Id;
  readonly subjectId?: Id;
  readonly state?: MessageState;
}

/** Reads of the messages of the current school, newest first: their ids grow with time. */
@Injectable()
export class MessageLog {
  constructor(private readonly em: EntityManager) {}

  async page({ limit, cursor, userId, subjectId, state }: MessageFilter): Promise<Page<MessageRow>> {
    const from = decodeCursor(cursor, { id: 'string' });
    let query = this.rows()
      .orderBy('id', 'desc')
      .limit(limit + 1);
    if (from) query = query.where('id', '<', cursorId(from.id));
    if (userId) query = query.where('user_id', '=', bin(userId));
    if (subjectId) query = query.where('subject_id', '=', bin(subjectId));
    if (state) query = query.where('state', '=', state);
    return pageOf(await query.execute(), limit, ({ id }) => ({ id }));
  }

  async one(messageId: Id): Promise<MessageRow | null> {
    return (await this.rows().where('id', '=', bin(messageId)).executeTakeFirst()) ?? null;
  }

  private rows() {
    return schoolQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select([
        'id',
        'user_id as userId',
        'channel',
        'kind',
        'subject_id as subjectId',
        'state',
        'recipient_masked as recipient',
        'provider',
        'provider_ref as providerRef',
        'segments',
        'attempts',
        'reason',
        'created_at as createdAt',
        'closed_at as closedAt',
      ]);
  }
}
