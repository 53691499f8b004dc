import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Audit } from '../../../platform/audit/audit.js';
import { AnsweringTransaction } from '../../../platform/http/idempotency/answering-transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { UserContacts } from '../../identity/index.js';
import { Overtaken } from '../composing/composition.js';
import { MessageComposer } from '../composing/message-composer.js';
import { MessageQueued } from '../domain/events.js';
import {
  MessageNotFound,
  MessageNotRetryable,
  MessageOvertaken,
  MessageRetried,
  NoWayThere,
  ObstacleStands,
} from '../domain/message-problems.js';
import { Message } from '../domain/message.js';
import { MessageLog, type MessageRow } from '../queries/message-log.js';
import { Obstacles } from '../queries/obstacles.js';
import { asLocale } from '../templates/wording.js';
import { EmailChannel } from './email-channel.js';
import type { MessageChannel } from './message-channel.js';
import { ReadMessages } from './read-messages.js';
import { SmsChannel } from './sms-channel.js';

/** Composing these makes a token, so that the one which is in somebody's mailbox would open nothing any more. */
const composedOnce: readonly Message['kind'][] = ['invitation', 'password_reset'];

/** Sends a message once more by hand: a new message, linked to the one that did not get through. */
@Injectable()
export class RetryMessage {
  private readonly channels: Record<Message['channel'], MessageChannel>;

  constructor(
    readonly em: EntityManager,
    private readonly messages: ReadMessages,
    private readonly log: MessageLog,
    private readonly contacts: UserContacts,
    private readonly obstacles: Obstacles,
    private readonly composer: MessageComposer,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
    private readonly clock: Clock,
    email: EmailChannel,
    sms: SmsChannel,
  ) {
    this.channels = { email, sms };
  }

  /** @throws MessageNotFound, MessageNotRetryable, MessageRetried, NoWayThere, ObstacleStands, MessageOvertaken */
  async execute(actor: Actor, messageId: Id): Promise<MessageRow> {
    await this.messages.one(actor, messageId);
    const message = await this.em.findOne(Message, { id: messageId });
    if (!message) throw new MessageNotFound();
    await this.assertRetryable(message);
    await this.assertWouldGo(message);
    return this.queueAgain(messageId);
  }

  @AnsweringTransaction()
  async queueAgain(messageId: Id): Promise<MessageRow> {
    // Of two who click at once, the second finds what the first has made.
    const message = await this.em.findOneOrFail(Message, { id: messageId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    await this.assertRetryable(message);
    const again = message.retriedAt(this.clock.now());
    this.em.persist(again);
    await this.em.flush();
    await this.outbox.record(MessageQueued.of(again));
    const details = { messageId: again.id, kind: message.kind, channel: message.channel };
    await this.audit.record({ action: 'message.retried', subjectId: messageId, details });
    return (await this.log.one(again.id))!;
  }

  private async assertRetryable(message: Message): Promise<void> {
    const retried = await this.em.findOne(Message, { retryOf: message.id });
    if (retried) throw new MessageRetried(retried.id);
    if (!message.mayBeRetried) throw new MessageNotRetryable(message.state);
  }

  /** Whatever would have it dropped at once is told to whoever asks. */
  private async assertWouldGo(message: Message): Promise<void> {
    const reader = (await this.contacts.of([message.userId])).get(message.userId);
    const address = reader && this.channels[message.channel].addressOf(reader);
    if (typeof address !== 'string') throw new NoWayThere();
    const obstacle = await this.obstacles.at(message.channel, address);
    if (obstacle) throw new ObstacleStands(obstacle.cause);
    if (composedOnce.includes(message.kind)) return;
    const composed = await this.composer.compose(message, { name: reader!.name, locale: asLocale(reader!.locale) });
    if (composed instanceof Overtaken) throw new MessageOvertaken(composed.reason);
  }
}
