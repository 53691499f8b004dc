import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../database/query.js';
import type { ScheduleSchema } from '../schedules/schedules.entities.js';
import { Clock } from '../values/clock.js';

export interface ScheduleRow {
  readonly name: string;
  readonly nextRunAt: Date;
  readonly lastStartedAt: Date | null;
  readonly lastFinishedAt: Date | null;
  readonly lastError: string | null;
  /** No worker has taken it although its time has come. */
  readonly isOverdue: boolean;
}

const patienceMs = 60_000;

/** Every schedule that any version has had; there are a few dozen at most. */
@Injectable()
export class ScheduleList {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async all(): Promise<ScheduleRow[]> {
    const rows = await globalQuery<Tables<typeof ScheduleSchema>>(this.em)
      .selectFrom('schedules')
      .select(['name', 'next_run_at as nextRunAt', 'last_started_at as lastStartedAt'])
      .select(['last_finished_at as lastFinishedAt', 'last_error as lastError'])
      .orderBy('name')
      .execute();
    const late = this.clock.now().getTime() - patienceMs;
    return rows.map((row) => ({ ...row, isOverdue: row.nextRunAt.getTime() < late }));
  }
}
