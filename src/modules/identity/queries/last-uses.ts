import { EntityManager } from '@mikro-orm/mysql';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

type UsedTable = 'sessions' | 'api_keys' | 'partner_keys';

const everyMilliseconds = 60_000;

/** Remembers when a session or a key was last used, to the minute, without keeping the request waiting for it. */
@Injectable()
export class LastUses implements BeforeApplicationShutdown {
  private readonly logger = new Logger(LastUses.name);
  private readonly underWay = new Map<Id, Promise<void>>();

  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  note(table: UsedTable, id: Id, lastUsedAt: Date | null): void {
    const latest = new Date(this.clock.now().getTime() - everyMilliseconds);
    if ((lastUsedAt && lastUsedAt > latest) || this.underWay.has(id)) return;
    const writing = this.write(table, id, latest)
      .catch((error: unknown) => this.logger.warn({ err: error }, 'a last use could not be written'))
      .finally(() => this.underWay.delete(id));
    this.underWay.set(id, writing);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay.values());
  }

  // Whoever was a moment faster has written it for all.
  private async write(table: UsedTable, id: Id, latest: Date): Promise<void> {
    await globalQuery<IdentityTables>(this.em)
      .updateTable(table)
      .set({ last_used_at: this.clock.now() })
      .where('id', '=', bin(id))
      .where((row) => row.or([row('last_used_at', 'is', null), row('last_used_at', '<=', latest)]))
      .execute();
  }
}
