import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchoolOrNull } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newIdAt } from '../../../platform/values/id.js';
import { GuardianCopies } from '../choices/use-cases/guardian-copies.js';
import { MessageQueued } from '../domain/events.js';
import { traitsOf, type Channel, type MessageKind } from '../domain/message-kinds.js';
import { AddToInbox } from '../inbox/use-cases/add-to-inbox.js';
import { dedupeKey, Message, type MessageParams } from '../domain/message.js';

/** One message to one person, on every channel of its kind. */
export interface MessageOrder {
  readonly kind: MessageKind;
  readonly userId: Id;
  /** The booking, invoice, payment, refund or one-time token it tells about. */
  readonly subjectId: Id;
  /** What caused it, usually an event's id: the same cause never makes a second message. */
  readonly cause: string;
  readonly params?: MessageParams;
  /** When what it tells about begins, or would have begun: within a day of that, news of it may be urgent. */
  readonly happensAt?: Date;
  /** On these of the kind's channels alone. */
  readonly channels?: readonly Channel[];
}

/** Puts messages into the table, what they tell into the inbox, and their sending into the outbox, in the caller's transaction. */
@Injectable()
export class QueueMessages {
  constructor(
    readonly em: EntityManager,
    private readonly inbox: AddToInbox,
    private readonly outbox: Outbox,
    private readonly copies: GuardianCopies,
    private readonly clock: Clock,
  ) {}

  /** An order that stands already is left out. */
  @Transaction()
  async execute(orders: readonly MessageOrder[]): Promise<void> {
    const all = await this.copies.with(orders);
    await this.inbox.execute(all);
    const wanted = all.flatMap((order) =>
      (order.channels ?? traitsOf(order.kind).channels).map((channel) => this.compose(order, channel)),
    );
    const known = await this.em.find(
      Message,
      { dedupeKey: { $in: wanted.map((each) => each.dedupeKey) } },
      { fields: ['dedupeKey'] },
    );
    const knownKeys = new Set(known.map((each) => each.dedupeKey));
    for (const message of wanted.filter((each) => !knownKeys.has(each.dedupeKey))) {
      this.em.persist(message);
      await this.outbox.record(MessageQueued.of(message));
    }
  }

  private compose({ kind, userId, subjectId, cause, params, happensAt }: MessageOrder, channel: Channel): Message {
    const createdAt = this.clock.now();
    return Message.queue({
      // Of that moment, so that the log finds a period's messages by their ids.
      id: newIdAt(createdAt),
      schoolId: currentSchoolOrNull(),
      userId,
      channel,
      kind,
      subjectId,
      params: params ?? {},
      happensAt: happensAt ?? null,
      dedupeKey: dedupeKey(kind, cause, userId, channel),
      createdAt,
    });
  }
}
