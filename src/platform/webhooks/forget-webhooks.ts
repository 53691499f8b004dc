import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery, type Tables } from '../database/query.js';
import type { Id } from '../values/id.js';
import type { WebhookEventSchema } from './webhook-event.js';

const readAtOnce = 200;

/** Empties what providers told us about a person, by what tells it: addresses, our ids, their references. */
@Injectable()
export class ForgetWebhooks {
  constructor(private readonly em: EntityManager) {}

  /**
   * Reads all that is kept (a month), a piece at a time; it is rare. What nobody has acted on yet stays: it may be somebody else's
   * money, for any school may write down any address.
   */
  async telling(marks: readonly string[]): Promise<void> {
    const tells = sql<boolean>`(${sql.join(
      marks.map((mark) => sql`locate(${mark}, body) > 0`),
      sql` or `,
    )})`;
    for (let after: Id | null = null; ;) {
      const read = await this.idsAfter(after);
      if (read.length === 0) return;
      await this.db
        .updateTable('webhook_events')
        .set({ body: '{}' })
        .where('id', 'in', bins(read))
        .where('state', '!=', 'received')
        .where(tells)
        .execute();
      after = read.at(-1)!;
    }
  }

  private async idsAfter(after: Id | null): Promise<Id[]> {
    const all = this.db.selectFrom('webhook_events').select('id').orderBy('id').limit(readAtOnce);
    const rows = await (after ? all.where('id', '>', bin(after)) : all).execute();
    return rows.map(({ id }) => id);
  }

  private get db() {
    return globalQuery<Tables<typeof WebhookEventSchema>>(this.em);
  }
}
