import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { globalQuery, type Tables } from '../database/query.js';
import { Transaction } from '../database/transaction.js';
import type { ScheduleSchema } from '../schedules/schedules.entities.js';
import { Clock } from '../values/clock.js';
import { ScheduleNotFound, ScheduleRunning } from './operations-problems.js';

// A run that has not finished by then belonged to a worker that was killed.
const longestRunMs = 15 * 60_000;

/** Makes a schedule due now. The next worker to look takes it as it takes any, so that it runs once. */
@Injectable()
export class RunSchedule {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** @throws ScheduleNotFound, ScheduleRunning */
  @Transaction()
  async execute(name: string): Promise<void> {
    const now = this.clock.now();
    const schedule = await this.db
      .selectFrom('schedules')
      .selectAll()
      .where('name', '=', name)
      .forUpdate()
      .executeTakeFirst();
    if (!schedule) throw new ScheduleNotFound();
    const { last_started_at: started, last_finished_at: finished } = schedule;
    const runs = started !== null && (finished === null || finished < started);
    if (runs && now.getTime() - started.getTime() < longestRunMs) throw new ScheduleRunning();
    await this.db.updateTable('schedules').set({ next_run_at: now }).where('name', '=', name).execute();
    await this.audit.record({ action: 'schedule.run_requested', details: { schedule: name } });
  }

  private get db() {
    return globalQuery<Tables<typeof ScheduleSchema>>(this.em);
  }
}
