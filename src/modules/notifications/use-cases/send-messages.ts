import { Injectable } from '@nestjs/common';
import { Postponed } from '../../../platform/outbox/handles.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { inParts } from '../../../platform/values/in-parts.js';
import { Slots } from '../../../platform/values/slots.js';
import type { UserContact } from '../../identity/index.js';
import { Overtaken } from '../composing/composition.js';
import { MessageComposer } from '../composing/message-composer.js';
import { SharedReads } from '../composing/shared-reads.js';
import type { Channel } from '../domain/message-kinds.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import { NotificationsConfig } from '../notifications.config.js';
import { asLocale } from '../templates/wording.js';
import { BeginAttempts } from './begin-attempts.js';
import { Channels } from './channels.js';
import { NotSendable, PutOff } from './message-channel.js';
import { type AttemptResult, RecordAttempts } from './record-attempts.js';
import { Recipients } from './recipients.js';

/** What a process that dies leaves as begun: more only where it goes out in a few calls. */
const leastTogether = 100;
const callsTogether = 5;

/** Runs work of one message in its own scope. */
export type Within = <T>(messageId: Id, work: () => Promise<T>) => Promise<T>;

/**
 * Sends messages, each by itself and all of them with few statements: their attempts are committed before any provider is
 * called, the outcomes after. So a crash at any point leaves rows that say what may have happened, and the next attempt asks the
 * provider before it repeats anything.
 */
@Injectable()
export class SendMessages {
  private readonly slots: Record<Channel, Slots>;
  private readonly together: number;

  constructor(
    private readonly begin: BeginAttempts,
    private readonly recipients: Recipients,
    private readonly composer: MessageComposer,
    private readonly channels: Channels,
    private readonly attempts: RecordAttempts,
    private readonly clock: Clock,
    { atOnce }: NotificationsConfig,
  ) {
    const slots = (channel: Channel) => new Slots(atOnce * channels.of(channel).perCall);
    this.slots = { email: slots('email'), sms: slots('sms') };
    this.together = Math.max(leastTogether, callsTogether * channels.of('sms').perCall);
  }

  /**
   * Does nothing for messages that are closed. Across schools, or in the one that they belong to.
   * @param stop once it fires, no further provider is called: what is left is postponed
   * @returns of the messages that are not closed: Postponed, or what went wrong
   */
  async execute(messageIds: readonly Id[], within: Within, stop: AbortSignal): Promise<Map<Id, Error>> {
    const failures = new Map<Id, Error>();
    for (const part of inParts(messageIds, this.together)) {
      const stopped = () => all(part, new Postponed(this.clock.now(), 'the process stops'));
      // What breaks one part says nothing of the others.
      const run = () => this.part(part, within, stop).catch((error: Error) => all(part, error));
      for (const [id, error] of stop.aborted ? stopped() : await run()) failures.set(id, error);
    }
    return failures;
  }

  private async part(messageIds: readonly Id[], within: Within, stop: AbortSignal): Promise<Map<Id, Error>> {
    const messages = await this.begin.execute(messageIds);
    if (messages.length === 0) return new Map();
    const decisions = await this.recipients.of(messages);
    const shared = new SharedReads();
    const failures = new Map<Id, Error>();
    const results = new Map<Id, AttemptResult>();
    const attempt = async (message: MessageInHand): Promise<void> => {
      const reader = decisions.get(message.id)!;
      try {
        const work = () => this.attempt(message, reader, shared, stop);
        results.set(message.id, await this.slots[message.channel].run(() => within(message.id, work)));
      } catch (error) {
        failures.set(message.id, error as Error);
      }
    };
    await Promise.all(messages.map(attempt));
    const again = await this.attempts.execute(results);
    for (const [id, later] of again)
      failures.set(id, later instanceof PutOff ? new Postponed(later.until, later.reason) : later);
    return failures;
  }

  private async attempt(
    message: MessageInHand,
    reader: UserContact | NotSendable | PutOff,
    shared: SharedReads,
    stop: AbortSignal,
  ): Promise<AttemptResult> {
    if (reader instanceof NotSendable || reader instanceof PutOff) return reader;
    if (stop.aborted) return new PutOff(this.clock.now(), 'the process stops');
    const locale = asLocale(reader.locale);
    const composed = await this.composer.compose(message, { name: reader.name, locale }, shared);
    if (composed instanceof Overtaken) return new NotSendable(composed.reason);
    return this.channels.of(message.channel).send({ message, reader, locale, composed, shared });
  }
}

function all(messageIds: readonly Id[], error: Error): Map<Id, Error> {
  return new Map(messageIds.map((id) => [id, error]));
}
