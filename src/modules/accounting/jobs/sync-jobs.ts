import { EntityManager } from '@mikro-orm/mysql';
import { Injectable, Logger } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Schedule } from '../../../platform/schedules/schedule.js';
import { acrossSchools, currentSchool, eachInItsSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { AccountingConfig } from '../accounting.config.js';
import type { AccountingTables } from '../accounting.tables.js';
import { BooksSyncDue } from '../domain/accounting-events.js';
import { SyncBooks } from '../use-cases/sync-books.js';

const atOnce = 200;
/** Where the turn is lost with its worker, there is another one after that long. */
const takenMs = 10 * 60_000;

interface Due {
  readonly id: Id;
  readonly schoolId: Id;
}

/** Gives each school's books their turn, many schools at a time over all workers, and none twice at once. */
@Injectable()
export class SyncJobs {
  private readonly logger = new Logger(SyncJobs.name);

  constructor(
    readonly em: EntityManager,
    private readonly config: AccountingConfig,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly sync: SyncBooks,
  ) {}

  @Schedule('accounting.sync', { every: { minutes: 1 } })
  async run(now: Date): Promise<void> {
    if (!this.config.syncEnabled) return;
    await eachInItsSchool(
      await this.due(now),
      (each) => this.call(each, now),
      (error, { schoolId }) => this.logger.error({ err: error, schoolId }, 'a school’s books got no turn'),
    );
  }

  @Handles(BooksSyncDue, { name: 'accounting.sync-books', mode: 'external' })
  async handle(_event: EventOf<BooksSyncDue>): Promise<void> {
    if (this.config.syncEnabled) await this.sync.execute();
  }

  @Transaction()
  private async call({ id }: Due, now: Date): Promise<void> {
    const { numUpdatedRows } = await globalQuery<AccountingTables>(this.em)
      .updateTable('accounting_connections')
      .set({ next_sync_at: new Date(this.clock.now().getTime() + takenMs) })
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(id))
      .where('next_sync_at', '<=', now)
      .executeTakeFirst();
    if (numUpdatedRows === 1n) await this.outbox.record(new BooksSyncDue({ connectionId: id }));
  }

  private due(now: Date): Promise<Due[]> {
    return acrossSchools('the books of every school have their turn', () =>
      globalQuery<AccountingTables>(this.em)
        .selectFrom('accounting_connections')
        .select(['id', 'school_id as schoolId'])
        .where('state', '=', 'connected')
        .where('next_sync_at', '<=', now)
        .orderBy('next_sync_at')
        .limit(atOnce)
        .execute(),
    );
  }
}
