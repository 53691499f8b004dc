import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { globalQuery } from '../database/query.js';
import { Health } from '../observability/health.js';
import { Clock } from '../values/clock.js';
import { ScheduleList } from './schedule-list.js';

/** The state of the installation at a glance. Times are of the oldest thing that waits, null when nothing does. */
export interface OverviewView {
  readonly status: 'ok' | 'degraded' | 'unavailable';
  readonly database: 'up' | 'down';
  readonly redis: 'up' | 'down';
  readonly deadLetters: number;
  readonly waitingDeliveries: number;
  readonly oldestWaiting: Date | null;
  readonly unprocessedWebhooks: number;
  readonly oldestUnprocessedWebhook: Date | null;
  readonly overdueSchedules: readonly string[];
  readonly failedSchedules: readonly string[];
}

interface Waiting {
  readonly number: number;
  readonly oldest: Date | null;
}

@Injectable()
export class Overview {
  constructor(
    private readonly em: EntityManager,
    private readonly health: Health,
    private readonly schedules: ScheduleList,
    private readonly clock: Clock,
  ) {}

  async read(): Promise<OverviewView> {
    const [{ status, checks }, dead, waiting, webhooks, schedules] = await Promise.all([
      this.health.ready(),
      this.deliveries(sql`state = 'dead'`),
      // What is due, not what waits for its time.
      this.deliveries(sql`state = 'open' AND due_at <= ${this.clock.now()}`),
      this.unprocessed(),
      this.schedules.all(),
    ]);
    return {
      status,
      database: checks.database,
      redis: checks.redis,
      deadLetters: dead.number,
      waitingDeliveries: waiting.number,
      oldestWaiting: waiting.oldest,
      unprocessedWebhooks: webhooks.number,
      oldestUnprocessedWebhook: webhooks.oldest,
      overdueSchedules: schedules.filter(({ isOverdue }) => isOverdue).map(({ name }) => name),
      failedSchedules: schedules.filter(({ lastError }) => lastError !== null).map(({ name }) => name),
    };
  }

  private deliveries(condition: ReturnType<typeof sql>): Promise<Waiting> {
    return this.waiting(
      sql`SELECT COUNT(*) AS number, MIN(due_at) AS oldest FROM outbox_deliveries WHERE ${condition}`,
    );
  }

  private unprocessed(): Promise<Waiting> {
    return this.waiting(
      sql`SELECT COUNT(*) AS number, MIN(received_at) AS oldest FROM webhook_events WHERE state = 'received'`,
    );
  }

  private async waiting(query: ReturnType<typeof sql>): Promise<Waiting> {
    const { rows } = await query.execute(globalQuery<object>(this.em));
    return rows[0] as Waiting;
  }
}
