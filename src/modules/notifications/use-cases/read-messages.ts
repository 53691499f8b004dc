import { Injectable } from '@nestjs/common';
import type { Actor } from '../../../platform/auth/actor.js';
import type { Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { OwnStudents, StudentDirectory } from '../../students/index.js';
import { MessageNotFound } from '../domain/message-problems.js';
import { MessageLog, type MessageRow, type MessagesAsked } from '../queries/message-log.js';

/** The delivery log: staff see the school's messages, everybody else his own and those of his own students. */
@Injectable()
export class ReadMessages {
  constructor(
    private readonly log: MessageLog,
    private readonly students: StudentDirectory,
    private readonly ownStudents: OwnStudents,
  ) {}

  /** @throws StudentNotFound */
  async list(actor: Actor, asked: MessagesAsked): Promise<Page<MessageRow>> {
    const reach = await this.ownStudents.asked(actor, asked.studentId);
    if (reach === 'all') return this.log.page(asked);
    const userIds = await this.students.usersOf(reach);
    const own = actor.userId && !asked.studentId ? [actor.userId] : [];
    return this.log.page(asked, [...new Set([...userIds, ...own])]);
  }

  /** @throws MessageNotFound also for a message that is none of the reader's business */
  async one(actor: Actor, messageId: Id): Promise<MessageRow> {
    const row = await this.log.one(messageId);
    if (!row || !(await this.mayRead(actor, row))) throw new MessageNotFound();
    return row;
  }

  private async mayRead(actor: Actor, { userId }: MessageRow): Promise<boolean> {
    if (userId === actor.userId) return true;
    const reach = await this.ownStudents.of(actor);
    return reach === 'all' || (await this.students.usersOf(reach)).includes(userId);
  }
}
