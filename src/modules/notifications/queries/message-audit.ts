import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import { Verifies } from '../../../platform/verification/verifies.js';
import { type Check, findingsOf } from '../../../platform/verification/findings-of.js';
import type { MessageSchema } from '../domain/message.js';

const checks: readonly Check[] = [
  {
    name: 'a message that went has its provider’s reference',
    sql: `SELECT id AS subject, CONCAT(state, ' by ', COALESCE(provider, 'nobody')) AS detail FROM messages
      WHERE school_id = :school AND state IN ('sent', 'delivered', 'bounced', 'complained') AND (provider IS NULL OR provider_ref IS NULL)`,
  },
  {
    name: 'a message is closed from when it has its outcome',
    sql: `SELECT id AS subject, CONCAT(state, ' since ', COALESCE(closed_at, 'never')) AS detail FROM messages
      WHERE school_id = :school AND (state IN ('queued', 'sending')) <> (closed_at IS NULL)`,
  },
  {
    name: 'what became of a message was told by its provider',
    sql: `SELECT id AS subject, state AS detail FROM messages
      WHERE school_id = :school AND state IN ('delivered', 'bounced', 'complained') AND told_at IS NULL`,
  },
];

const givenUpAfterMs = 48 * 3_600_000;

/** Proves that every message has gone, or says why not. */
@Injectable()
export class MessageAudit {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Verifies('notifications: messages and their outcomes')
  async verify(): Promise<string[]> {
    return [...(await findingsOf(this.em, checks)), ...(await this.forgotten())];
  }

  /** Attempts end after a day, and quiet hours before: what is older than both was lost on the way. */
  private async forgotten(): Promise<string[]> {
    const rows = await schoolQuery<Tables<typeof MessageSchema>>(this.em)
      .selectFrom('messages')
      .select(['id', 'state', 'created_at as createdAt'])
      .where('state', 'in', ['queued', 'sending'])
      .where('created_at', '<', new Date(this.clock.now().getTime() - givenUpAfterMs))
      .limit(20)
      .execute();
    return rows.map(
      ({ id, state, createdAt }) =>
        `a message goes or is given up within two days: ${id} ${state} since ${createdAt.toISOString()}`,
    );
  }
}
