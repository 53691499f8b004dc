import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, List } from '../../../../platform/database/list.js';
import { bin, bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import type { MessageKind } from '../../domain/message-kinds.js';
import type { MessageParams } from '../../domain/message.js';
import type { InboxItemSchema } from '../domain/inbox-item.js';
import { storedJson } from '../../../../platform/database/stored-json.js';

/** An item as it is kept. */
export interface InboxRow {
  readonly id: Id;
  readonly kind: MessageKind;
  readonly subjectId: Id;
  readonly params: MessageParams;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

export const inboxList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

export type InboxAsked = Asked<typeof inboxList> & { readonly unread?: boolean };

/** Reads of inboxes in the current school. */
@Injectable()
export class Inbox {
  constructor(private readonly em: EntityManager) {}

  async page(userId: Id, { unread, ...asked }: InboxAsked): Promise<Page<InboxRow>> {
    const own = this.items.where('user_id', '=', bin(userId));
    const page = await inboxList.page(unread ? own.where('read_at', 'is', null) : own, asked);
    return { ...page, items: page.items.map(toRow) };
  }

  async has(userId: Id, itemId: Id): Promise<boolean> {
    const found = await this.items.where('id', '=', bin(itemId)).where('user_id', '=', bin(userId)).executeTakeFirst();
    return found !== undefined;
  }

  /** Those of the items that still stand, with whose they are; oldest first. */
  async some(itemIds: readonly Id[]): Promise<(InboxRow & { userId: Id })[]> {
    const rows = await this.items.select('user_id as userId').where('id', 'in', bins(itemIds)).orderBy('id').execute();
    return rows.map((row) => ({ ...row, ...toRow(row) }));
  }

  async unread(userId: Id): Promise<number> {
    return (await this.unreadOf([userId])).get(userId) ?? 0;
  }

  /** How many each has not read; nobody who has read all is in it. */
  async unreadOf(userIds: readonly Id[]): Promise<Map<Id, number>> {
    const rows = await schoolQuery<Tables<typeof InboxItemSchema>>(this.em)
      .selectFrom('inbox_items')
      .select(({ fn }) => ['user_id as userId', fn.countAll<string>().as('count')])
      .where('user_id', 'in', bins(userIds))
      .where('read_at', 'is', null)
      .groupBy('user_id')
      .execute();
    return new Map(rows.map(({ userId, count }) => [userId, Number(count)]));
  }

  private get items() {
    return schoolQuery<Tables<typeof InboxItemSchema>>(this.em)
      .selectFrom('inbox_items')
      .select(['id', 'kind', 'subject_id as subjectId', 'params', 'created_at as createdAt', 'read_at as readAt']);
  }
}

// One server hands JSON over as text, the other as a value.
function toRow({ id, kind, subjectId, params, createdAt, readAt }: Omit<InboxRow, 'params'> & { params: unknown }) {
  const read = storedJson(params as MessageParams | string);
  return { id, kind, subjectId, params: read, createdAt, readAt };
}
