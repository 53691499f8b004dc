import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { globalQuery, type Tables } from '../database/query.js';
import { Measures, type Readings } from '../observability/metrics/measures.js';
import { Clock } from '../values/clock.js';
import type { OutboxDeliverySchema, OutboxEventSchema } from './outbox.entities.js';

/** What the outbox still has to do. Read from SQL, so it is the same in every process and survives all of them. */
@Injectable()
export class OutboxMetrics {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  @Measures(
    { name: 'outbox_deliveries', help: 'Deliveries that wait or were given up.', labels: ['handler', 'state'] },
    { name: 'outbox_lag_seconds', help: 'Since when the oldest delivery that nobody has begun waits.' },
  )
  async read(): Promise<Readings> {
    const [open, lag] = await Promise.all([this.counts(), this.lagSeconds()]);
    return { outbox_deliveries: open, outbox_lag_seconds: [{ value: lag }] };
  }

  private async counts() {
    const rows = await this.db
      .selectFrom('outbox_deliveries')
      .select(({ fn }) => ['handler', 'state', fn.countAll<number>().as('count')])
      .where('state', 'in', ['open', 'dead'])
      .groupBy(['state', 'handler'])
      .execute();
    return rows.map(({ handler, state, count }) => ({ labels: { handler, state }, value: count }));
  }

  /** By the event's time: the relay's lease pushes `due_at` ahead again and again while no worker runs. */
  private async lagSeconds(): Promise<number> {
    const oldest = await this.db
      .selectFrom('outbox_deliveries')
      .innerJoin('outbox_events', 'outbox_events.id', 'outbox_deliveries.event_id')
      .select(({ fn }) => fn.min('outbox_events.occurred_at').as('since'))
      .where('outbox_deliveries.state', '=', 'open')
      .where('outbox_deliveries.attempts', '=', 0)
      .executeTakeFirst();
    return oldest?.since ? Math.max(0, this.clock.now().getTime() - oldest.since.getTime()) / 1_000 : 0;
  }

  private get db() {
    return globalQuery<Tables<typeof OutboxEventSchema | typeof OutboxDeliverySchema>>(this.em);
  }
}
