import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { UserContacts } from '../../identity/index.js';
import { EmailObstacleLifted } from '../domain/events.js';
import { MessageSchema } from '../domain/message.js';
import { EmailSender } from '../ports/email-sender.js';

/** Providers keep a list of their own of whom they write to no more: what the office lifts here is lifted there. */
@Injectable()
export class RemoveSuppressions {
  constructor(
    private readonly em: EntityManager,
    private readonly contacts: UserContacts,
    private readonly sender: EmailSender,
  ) {}

  @Handles(EmailObstacleLifted, { name: 'notifications.remove-suppression', mode: 'external' })
  async lifted({ payload: { messageId } }: EventOf<EmailObstacleLifted>): Promise<void> {
    const { userId } = await this.em.findOneOrFail(MessageSchema, { id: messageId });
    const reader = (await this.contacts.of([userId])).get(userId);
    if (reader) await this.sender.removeSuppression(reader.email);
  }
}
