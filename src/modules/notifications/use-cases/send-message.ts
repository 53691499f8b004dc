import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { afterCommit, Transaction } from '../../../platform/database/transaction.js';
import { Metrics } from '../../../platform/observability/metrics/metrics.js';
import { Postponed } from '../../../platform/outbox/handles.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { UserContacts } from '../../identity/index.js';
import { MessageComposer } from '../composing/message-composer.js';
import { Overtaken } from '../composing/composition.js';
import { Message } from '../domain/message.js';
import type { ObstacleCause } from '../domain/undeliverable-address.js';
import { nextAttempt } from '../domain/retry.js';
import type { Delivery } from '../ports/delivery.js';
import { Obstacles } from '../queries/obstacles.js';
import { asLocale } from '../templates/wording.js';
import { EmailChannel } from './email-channel.js';
import { SmsChannel } from './sms-channel.js';
import { NotSendable, type Attempt, type MessageChannel } from './message-channel.js';

/**
 * Sends one message: the attempt is committed before the provider is called, the outcome after. So a crash at any point leaves
 * a row that says what may have happened, and the next attempt asks the provider before it repeats anything.
 */
@Injectable()
export class SendMessage {
  private readonly channels: Record<Message['channel'], MessageChannel>;
  private readonly closed: Counter<'channel' | 'state'>;

  constructor(
    readonly em: EntityManager,
    private readonly contacts: UserContacts,
    private readonly composer: MessageComposer,
    private readonly obstacles: Obstacles,
    private readonly clock: Clock,
    email: EmailChannel,
    sms: SmsChannel,
    metrics: Metrics,
  ) {
    this.channels = { email, sms };
    this.closed = metrics.counter({
      name: 'messages_total',
      help: 'Messages whose fate is known: sent, rejected by the provider, failed for want of an answer, or dropped.',
      labelNames: ['channel', 'state'],
    });
  }

  /** Does nothing for a message that is closed. @throws Postponed when the provider gave no answer */
  async execute(messageId: Id): Promise<void> {
    const message = await this.begin(messageId);
    if (!message) return;
    const attempt = await this.attempt(message);
    const again = await this.record(messageId, message.channel, attempt);
    if (again) throw new Postponed(again, 'the provider gave no answer');
  }

  @Transaction()
  async begin(messageId: Id): Promise<Message | null> {
    const message = await this.em.findOne(Message, { id: messageId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!message || message.isClosed) return null;
    message.beginAttempt(this.clock.now());
    return message;
  }

  private async attempt(message: Message): Promise<Attempt | NotSendable> {
    const reader = (await this.contacts.of([message.userId])).get(message.userId);
    if (!reader) return new NotSendable('the person is gone');
    const channel = this.channels[message.channel];
    const address = channel.addressOf(reader);
    if (typeof address !== 'string') return address;
    const obstacle = await this.obstacles.at(message.channel, address);
    if (obstacle) return new NotSendable(`${refusals[obstacle.cause]}${obstacle.reason ? `: ${obstacle.reason}` : ''}`);
    const locale = asLocale(reader.locale);
    const composed = await this.composer.compose(message, { name: reader.name, locale });
    if (composed instanceof Overtaken) return new NotSendable(composed.reason);
    return channel.send({ message, reader, locale, composed });
  }

  /** @returns when to try again, or null when the message is closed */
  @Transaction()
  async record(messageId: Id, channel: Message['channel'], attempt: Attempt | NotSendable): Promise<Date | null> {
    const message = await this.em.findOneOrFail(Message, { id: messageId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (message.isClosed) {
      // The provider's report was faster than its answer; what the answer alone tells is noted all the same.
      if (message.toldAt && !(attempt instanceof NotSendable)) noted(message, attempt);
      return null;
    }
    const again = this.conclude(message, channel, attempt);
    const { state } = message;
    if (message.isClosed) afterCommit(() => this.closed.inc({ channel, state }));
    return again;
  }

  private conclude(message: Message, channel: Message['channel'], attempt: Attempt | NotSendable): Date | null {
    const now = this.clock.now();
    if (attempt instanceof NotSendable) {
      message.dropped(now, attempt.reason);
      return null;
    }
    message.addressed(attempt);
    return close(message, this.channels[channel].provider, attempt.delivery, now);
  }
}

const refusals: Record<ObstacleCause, string> = {
  hard_bounce: 'an earlier message came back from this address',
  complaint: 'the reader has called an earlier message spam',
  stop: 'the reader has answered STOP',
};

function noted(message: Message, attempt: Attempt): void {
  message.addressed(attempt);
  if (attempt.delivery.outcome === 'accepted') message.billed(attempt.delivery);
}

function close(message: Message, provider: string, delivery: Delivery, now: Date): Date | null {
  if (delivery.outcome === 'accepted') {
    message.sent(now, { provider, ...delivery });
    return null;
  }
  if (delivery.outcome === 'rejected') {
    message.rejected(now, delivery.reason);
    return null;
  }
  const again = nextAttempt(message.attempts, message.createdAt, now);
  if (again) message.unanswered(delivery.reason);
  else message.failed(now, delivery.reason);
  return again;
}
