import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { MessageNotFound } from '../domain/message-problems.js';
import { MessageLog, type MessageFilter, type MessageRow } from '../queries/message-log.js';

/** The delivery log: staff see the school's messages, everybody else his own. */
@Injectable()
export class ReadMessages {
  constructor(private readonly log: MessageLog) {}

  list(actor: Actor, filter: MessageFilter): Promise<Page<MessageRow>> {
    return this.log.page(actor.isStaff ? filter : { ...filter, userId: actor.userId });
  }

  /** @throws MessageNotFound also for a message that is not the reader's own */
  async one(actor: Actor, messageId: Id): Promise<MessageRow> {
    const row = await this.log.one(messageId);
    if (!row || !(actor.isStaff || row.userId === actor.userId)) throw new MessageNotFound();
    return row;
  }
}
