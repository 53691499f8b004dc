import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { Memberships } from '../../identity/index.js';
import { type MessageOrder, QueueMessages } from './queue-messages.js';

/** Tells those who run the current school what they are to look at. */
@Injectable()
export class TellStaff {
  constructor(
    readonly em: EntityManager,
    private readonly memberships: Memberships,
    private readonly queue: QueueMessages,
  ) {}

  /** Everybody in one of the roles, once for a cause, also when two do it at the same moment. */
  @Transaction()
  async execute(
    order: Omit<MessageOrder, 'userId'>,
    roles: readonly ('owner' | 'office')[] = ['owner'],
  ): Promise<void> {
    const readers = await this.memberships.hold(roles);
    await this.queue.execute(readers.map((userId) => ({ ...order, userId })));
  }
}
