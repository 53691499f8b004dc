import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byAge, is, isIdOf, List } from '../../../platform/database/list.js';
import { bin, bins, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Page } from '../../../platform/http/paging.js';
import { firstIdAt, type Id } from '../../../platform/values/id.js';
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
  readonly costMicros: number | null;
  readonly costCurrency: string | null;
  readonly attempts: number;
  readonly reason: string | null;
  readonly createdAt: Date;
  readonly closedAt: Date | null;
  readonly toldAt: Date | null;
  readonly retryOf: Id | null;
  readonly fallbackOf: Id | null;
}

export const messageList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: {
    subjectId: isIdOf('subject_id'),
    state: is<MessageState>('state'),
    kind: is<MessageKind>('kind'),
    channel: is<Channel>('channel'),
    from: (from: Date) => sql`id >= ${bin(firstIdAt(from))}`,
    until: (until: Date) => sql`id < ${bin(firstIdAt(until))}`,
  },
});

export type MessagesAsked = Asked<typeof messageList> & { readonly studentId?: Id };

/** Reads of the messages of the current school. */
@Injectable()
export class MessageLog {
  constructor(private readonly em: EntityManager) {}

  /** Of everybody, or of these people alone. */
  page(asked: MessagesAsked, userIds?: readonly Id[]): Promise<Page<MessageRow>> {
    return messageList.page(userIds ? this.rows().where('user_id', 'in', bins(userIds)) : this.rows(), asked);
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
        'cost_micros as costMicros',
        'cost_currency as costCurrency',
        'attempts',
        'reason',
        'created_at as createdAt',
        'closed_at as closedAt',
        'told_at as toldAt',
        'retry_of as retryOf',
        'fallback_of as fallbackOf',
      ]);
  }
}
