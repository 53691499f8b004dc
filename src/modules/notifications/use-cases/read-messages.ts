import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { StudentDirectory } from '../../students/index.js';
import { MessageNotFound } from '../domain/message-problems.js';
import { MessageLog, type MessageFilter, type MessageRow } from '../queries/message-log.js';

export interface MessageQuery extends Omit<MessageFilter, 'userId'> {
  readonly studentId?: Id;
}

/** The delivery log: staff see the school's messages, everybody else his own. */
@Injectable()
export class ReadMessages {
  constructor(
    private readonly log: MessageLog,
    private readonly students: StudentDirectory,
  ) {}

  /** @throws StudentNotFound */
  async list(actor: Actor, { studentId, ...filter }: MessageQuery): Promise<Page<MessageRow>> {
    if (!actor.isStaff) return this.log.page({ ...filter, userId: actor.userId });
    if (!studentId) return this.log.page(filter);
    const { userId } = await this.students.get(studentId);
    return this.log.page({ ...filter, userId });
  }

  /** @throws MessageNotFound also for a message that is not the reader's own */
  async one(actor: Actor, messageId: Id): Promise<MessageRow> {
    const row = await this.log.one(messageId);
    if (!row || !(actor.isStaff || row.userId === actor.userId)) throw new MessageNotFound();
    return row;
  }
}
