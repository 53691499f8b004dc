import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { sql } from 'kysely';
import { globalQuery } from '../database/query.js';
import { Relay } from '../outbox/relay.js';
import { Schedule } from '../schedules/schedule.js';

const keptDays = 14;
const batchSize = 5_000;

/** What the outbox needs besides the commits that wake it: a look each second for what came due, and a broom. */
@Injectable()
export class OutboxHousekeeping {
  constructor(
    private readonly em: EntityManager,
    private readonly relay: Relay,
  ) {}

  @Interval(1_000)
  look(): void {
    this.relay.wake();
  }

  @Schedule('outbox.purge', { daily: '03:20' })
  async purge(now: Date): Promise<void> {
    const before = new Date(now.getTime() - keptDays * 86_400_000);
    let removed = batchSize;
    while (removed === batchSize) {
      const result = await sql`
        DELETE FROM outbox_events WHERE occurred_at < ${before}
          AND NOT EXISTS (SELECT 1 FROM outbox_deliveries d WHERE d.event_id = outbox_events.id AND d.state <> 'done')
        LIMIT ${batchSize}`.execute(globalQuery<object>(this.em));
      removed = Number(result.numAffectedRows ?? 0n);
    }
  }
}
