import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type Tables } from '../database/query.js';
import { Schedule } from '../schedules/schedule.js';
import { firstIdAt } from '../values/id.js';
import { atLocal, localDate } from '../values/zone.js';
import type { AuditEntrySchema } from './audit.entities.js';

// As long as the law wants vouchers kept: five years after the end of the year they are of.
const fullYearsKept = 5;
const zone = 'Europe/Copenhagen';
const batchSize = 1_000;

/** Forgets what was done so long ago that nobody may ask any more. */
@Injectable()
export class PurgeAudit {
  constructor(private readonly em: EntityManager) {}

  @Schedule('audit.purge', { daily: '03:50' })
  async run(now: Date): Promise<void> {
    const firstYearKept = Number(localDate(now, zone).slice(0, 4)) - fullYearsKept;
    const before = firstIdAt(atLocal(`${firstYearKept}-01-01`, '00:00', zone));
    const old = globalQuery<Tables<typeof AuditEntrySchema>>(this.em)
      .deleteFrom('audit_entries')
      .where('id', '<', bin(before))
      .limit(batchSize);
    while ((await old.executeTakeFirstOrThrow()).numDeletedRows === BigInt(batchSize));
  }
}
