import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { DeadDeliveries } from '../../../platform/outbox/dead-deliveries.js';
import { newId } from '../../../platform/values/id.js';
import { PlatformAdmins } from '../../identity/index.js';
import type { MessageSchema } from '../domain/message.js';
import { QueueMessages } from './queue-messages.js';
import { storedJson } from '../../../platform/database/stored-json.js';

/** A delivery is given up by the clock of its worker, in a transaction that may end later: so long nobody looks. */
const graceMs = 60_000;
const never = new Date(0);

/** Queues one list of what was given up since the last one; none when nothing was. */
@Injectable()
export class TellOfDeadLetters {
  constructor(
    readonly em: EntityManager,
    private readonly admins: PlatformAdmins,
    private readonly dead: DeadDeliveries,
    private readonly queue: QueueMessages,
  ) {}

  @Transaction()
  async execute(now: Date): Promise<void> {
    // First, so that of two workers the second one reads what the first one told.
    const readers = await this.admins.hold();
    const since = await this.lastTold();
    const until = new Date(now.getTime() - graceMs);
    if ((await this.dead.counts(since, until)).length === 0) return;
    const params = { since: since.toISOString(), until: until.toISOString() };
    const subjectId = newId();
    const kind = 'platform_dead_letters';
    await this.queue.execute(readers.map((userId) => ({ kind, userId, subjectId, cause: params.since, params })));
  }

  private async lastTold(): Promise<Date> {
    const row = await globalQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select('params')
      .where('school_id', 'is', null)
      .where('kind', '=', 'platform_dead_letters')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!row) return never;
    // One server hands JSON over as text, the other as a value.
    const params = storedJson(row.params as { until: string } | string);
    return new Date(params.until);
  }
}
