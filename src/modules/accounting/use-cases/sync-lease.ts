import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { AccountingTables } from '../accounting.tables.js';

/** Longer than any one call with its repeats; who dies holds the school up no longer than that. */
export const leaseMs = 120_000;

export class LeaseLost extends Error {
  constructor() {
    super('another worker sends to these books now');
  }
}

/** Who sends to a school's books: one worker at a time, over all processes. */
@Injectable()
export class SyncLease {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** @returns null when somebody else has it */
  async take(connectionId: Id): Promise<Id | null> {
    const [now, leaseId] = [this.clock.now(), newId()];
    const { numUpdatedRows } = await this.connection(connectionId)
      .set({ lease_id: bin(leaseId), lease_until: this.until(now), last_run_at: now })
      .where('state', '=', 'connected')
      .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<', now)]))
      .executeTakeFirst();
    return numUpdatedRows === 1n ? leaseId : null;
  }

  /** For longer; in a transaction, nobody else takes it before that ends. @throws LeaseLost */
  async hold(connectionId: Id, leaseId: Id): Promise<void> {
    const { numUpdatedRows } = await this.connection(connectionId)
      .set({ lease_until: this.until(this.clock.now()) })
      .where('state', '=', 'connected')
      .where('lease_id', '=', bin(leaseId))
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw new LeaseLost();
  }

  /** With what the run came to. */
  async release(
    connectionId: Id,
    leaseId: Id,
    end: { readonly nextSyncAt: Date | null; readonly error: string | null },
  ): Promise<void> {
    const now = this.clock.now();
    await this.connection(connectionId)
      .set({
        lease_until: null,
        lease_id: null,
        next_sync_at: end.nextSyncAt,
        last_error: end.error?.slice(0, 200) ?? null,
        ...(end.error === null && { last_success_at: now }),
      })
      .where('lease_id', '=', bin(leaseId))
      .execute();
  }

  private connection(connectionId: Id) {
    return globalQuery<AccountingTables>(this.em)
      .updateTable('accounting_connections')
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(connectionId));
  }

  private until(now: Date): Date {
    return new Date(now.getTime() + leaseMs);
  }
}
