import { Injectable } from '@nestjs/common';
import { type UserContact, UserContacts } from '../../identity/index.js';
import { ReadersChoices } from '../choices/use-cases/readers-choices.js';
import type { MessageInHand } from '../domain/message-in-hand.js';
import type { ObstacleCause } from '../domain/undeliverable-address.js';
import type { Id } from '../../../platform/values/id.js';
import { type Obstacle, obstacleKey, Obstacles } from '../queries/obstacles.js';
import { Channels } from './channels.js';
import { NotSendable, type PutOff } from './message-channel.js';

/** Who gets each message, or why nobody does now. */
export type Decisions = ReadonlyMap<Id, UserContact | NotSendable | PutOff>;

const refusals: Record<ObstacleCause, string> = {
  hard_bounce: 'an earlier message came back from this address',
  complaint: 'the reader has called an earlier message spam',
  stop: 'the reader has answered STOP',
};

/** Finds where the readers of many messages are reached now, with as many statements as for one. */
@Injectable()
export class Recipients {
  constructor(
    private readonly contacts: UserContacts,
    private readonly obstacles: Obstacles,
    private readonly channels: Channels,
    private readonly choices: ReadersChoices,
  ) {}

  async of(messages: readonly MessageInHand[]): Promise<Decisions> {
    const readers = await this.contacts.of([...new Set(messages.map(({ userId }) => userId))]);
    const reached = messages.map((message) => ({ message, found: this.reach(message, readers.get(message.userId)) }));
    const addresses = reached.flatMap(({ message, found }) =>
      found instanceof NotSendable ? [] : [{ channel: message.channel, address: found.address }],
    );
    const obstacles = await this.obstacles.atAny(addresses);
    const verdicts = await this.choices.decide(messages, readers);
    return new Map(
      reached.map(({ message: { id, channel }, found }) => {
        if (found instanceof NotSendable) return [id, found];
        const obstacle = obstacles.get(obstacleKey(channel, found.address));
        if (obstacle) return [id, refusal(obstacle)];
        const verdict = verdicts.get(id) ?? 'go';
        return [id, verdict === 'go' ? found.reader : verdict];
      }),
    );
  }

  private reach({ channel }: MessageInHand, reader: UserContact | undefined) {
    if (!reader) return new NotSendable('the person is gone');
    const address = this.channels.of(channel).addressOf(reader);
    return typeof address === 'string' ? { reader, address } : address;
  }
}

function refusal({ cause, reason }: Obstacle): NotSendable {
  return new NotSendable(`${refusals[cause]}${reason ? `: ${reason}` : ''}`, 'no_way');
}
