import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../database/query.js';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import { Measures, type Readings } from '../observability/metrics/measures.js';
import { Clock } from '../values/clock.js';
import { scheduleMetadataKey, type ScheduleRegistration } from './schedule.js';
import type { ScheduleSchema } from './schedules.entities.js';

/** How the schedules are doing, whichever worker ran them. */
@Injectable()
export class ScheduleMetrics {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly methods: DecoratedMethods,
  ) {}

  @Measures(
    { name: 'schedule_last_success_timestamp_seconds', help: 'When it last went through.', labels: ['schedule'] },
    { name: 'schedule_last_duration_seconds', help: 'How long the last finished run took.', labels: ['schedule'] },
    {
      name: 'schedule_failures',
      help: 'How many runs have failed since the installation began.',
      labels: ['schedule'],
    },
    { name: 'schedule_overdue_seconds', help: 'How long it should have begun by now.', labels: ['schedule'] },
  )
  async read(): Promise<Readings> {
    const rows = await this.rows();
    const now = this.clock.now().getTime();
    const each = (value: (row: (typeof rows)[number]) => number | null) =>
      rows.flatMap((row) => {
        const found = value(row);
        return found === null ? [] : [{ labels: { schedule: row.name }, value: found }];
      });
    return {
      schedule_last_success_timestamp_seconds: each(
        (row) => row.lastSucceededAt && row.lastSucceededAt.getTime() / 1_000,
      ),
      schedule_last_duration_seconds: each(durationSeconds),
      schedule_failures: each(({ failures }) => failures),
      schedule_overdue_seconds: each(({ nextRunAt }) => Math.max(0, now - nextRunAt.getTime()) / 1_000),
    };
  }

  /** Of the schedules that this release knows: the row of a former one would be overdue for ever. */
  private async rows() {
    const names = this.methods
      .find<ScheduleRegistration, () => unknown>(scheduleMetadataKey)
      .map(({ options }) => options.name);
    return globalQuery<Tables<typeof ScheduleSchema>>(this.em)
      .selectFrom('schedules')
      .select([
        'name',
        'next_run_at as nextRunAt',
        'last_started_at as lastStartedAt',
        'last_finished_at as lastFinishedAt',
        'last_succeeded_at as lastSucceededAt',
        'failures',
      ])
      .where('name', 'in', names)
      .execute();
  }
}

function durationSeconds(row: { lastStartedAt: Date | null; lastFinishedAt: Date | null }): number | null {
  const { lastStartedAt, lastFinishedAt } = row;
  if (!lastStartedAt || !lastFinishedAt || lastFinishedAt < lastStartedAt) return null;
  return (lastFinishedAt.getTime() - lastStartedAt.getTime()) / 1_000;
}
