import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import { Audit } from '../../../platform/audit/audit.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { UserContacts } from '../../identity/index.js';
import { EmailObstacleLifted } from '../domain/events.js';
import { MessageNotFound, NoObstacle } from '../domain/message-problems.js';
import type { MessageRow } from '../queries/message-log.js';
import { type Obstacle, Obstacles } from '../queries/obstacles.js';
import { MarkAddress } from './mark-address.js';
import { ReadMessages } from './read-messages.js';

/** What keeps messages of one channel from their reader, found by a message to him: at the address he has now. */
@Injectable()
export class RecipientObstacle {
  constructor(
    readonly em: EntityManager,
    private readonly messages: ReadMessages,
    private readonly contacts: UserContacts,
    private readonly obstacles: Obstacles,
    private readonly addresses: MarkAddress,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws MessageNotFound, NoObstacle */
  async read(actor: Actor, messageId: Id): Promise<Obstacle> {
    return (await this.find(actor, messageId)).obstacle;
  }

  /** Messages go there again, until something new is told. @throws MessageNotFound, NoObstacle */
  @Transaction()
  async lift(actor: Actor, messageId: Id): Promise<void> {
    const { message, address, obstacle } = await this.find(actor, messageId);
    await this.addresses.lift(message.channel, address, this.clock.now());
    const details = { channel: message.channel, cause: obstacle.cause };
    await this.audit.record({ action: 'recipient.unblocked', subjectId: message.userId, details });
    if (message.channel === 'email') await this.outbox.record(new EmailObstacleLifted({ messageId }));
  }

  private async find(actor: Actor, messageId: Id) {
    const message = await this.messages.one(actor, messageId);
    const address = await this.addressOf(message);
    const obstacle = address && (await this.obstacles.at(message.channel, address));
    if (!obstacle) throw new NoObstacle();
    return { message, address, obstacle };
  }

  private async addressOf({ userId, channel }: MessageRow): Promise<string | null> {
    const reader = (await this.contacts.of([userId])).get(userId);
    if (!reader) throw new MessageNotFound();
    return channel === 'email' ? reader.email : reader.phone;
  }
}
