import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../../../../platform/database/query.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { Outbox } from '../../../../platform/outbox/outbox.js';
import { currentSchoolOrNull } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newIdAt, type Id } from '../../../../platform/values/id.js';
import { traitsOf, type MessageKind } from '../../domain/message-kinds.js';
import type { MessageParams } from '../../domain/message.js';
import { InboxItemsAdded } from '../domain/inbox-events.js';
import type { InboxItemSchema } from '../domain/inbox-item.js';

/** One thing to tell one person. */
export interface InboxOrder {
  readonly kind: MessageKind;
  readonly userId: Id;
  readonly subjectId: Id;
  /** The same cause never makes a second item. */
  readonly cause: string;
  readonly params?: MessageParams;
}

const portion = 500;

/** Puts what people are told into their inboxes, in the transaction in which its messages are queued. */
@Injectable()
export class AddToInbox {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** What is about an account, or no school's, or marketing, is left out; so is what stands already. */
  @Transaction()
  async execute(orders: readonly InboxOrder[]): Promise<void> {
    const schoolId = currentSchoolOrNull();
    const wanted = orders.filter(({ kind }) => traitsOf(kind).purpose === 'service');
    if (!schoolId) return;
    for (let from = 0; from < wanted.length; from += portion)
      await this.add(schoolId, await this.unknown(wanted.slice(from, from + portion)));
  }

  private async unknown(orders: readonly InboxOrder[]): Promise<Map<string, InboxOrder>> {
    const byKey = new Map(orders.map((order) => [keyOf(order), order]));
    const known = await this.db
      .selectFrom('inbox_items')
      .select('dedupe_key')
      .where('dedupe_key', 'in', [...byKey.keys()])
      .execute();
    for (const { dedupe_key } of known) byKey.delete(dedupe_key);
    return byKey;
  }

  private async add(schoolId: Id, orders: ReadonlyMap<string, InboxOrder>): Promise<void> {
    if (orders.size === 0) return;
    const createdAt = this.clock.now();
    const items = [...orders].map(([key, order]) => ({ ...order, key, id: newIdAt(createdAt) }));
    const rows = items.map(({ id, key, kind, userId, subjectId, params }) => ({
      id: bin(id),
      school_id: bin(schoolId),
      user_id: bin(userId),
      kind,
      subject_id: bin(subjectId),
      params: JSON.stringify(params ?? {}) as never,
      dedupe_key: key,
      created_at: createdAt,
    }));
    await this.db.insertInto('inbox_items').values(rows).execute();
    await this.outbox.record(new InboxItemsAdded({ itemIds: items.map(({ id }) => id) }));
  }

  private get db() {
    return globalQuery<Tables<typeof InboxItemSchema>>(this.em);
  }
}

function keyOf({ kind, cause, userId }: InboxOrder): string {
  return `${kind}:${cause}:${userId}`;
}
