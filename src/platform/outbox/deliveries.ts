import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, globalQuery, type StoredId, type Tables } from '../database/query.js';
import { inTransaction } from '../database/transaction.js';
import { Clock } from '../values/clock.js';
import type { Id } from '../values/id.js';
import type { DomainEvent, EventOf } from './event.js';
import type { OutboxDeliverySchema, OutboxEventSchema } from './outbox.entities.js';

type OutboxTables = Tables<typeof OutboxEventSchema | typeof OutboxDeliverySchema>;

/** One delivery as it was taken; `attempt` is the fencing number of this taking. */
export interface Taken {
  readonly eventId: Id;
  readonly handler: string;
  readonly attempt: number;
}

/** A run that has begun. */
export interface Begun {
  readonly event: EventOf<DomainEvent>;
  readonly traceParent: string | null;
}

const enqueuedFor = 15_000;
const runningFor = 60_000;

/** The deliveries' states in SQL: what is due, who has it, what became of it. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Takes what is due for putting it into the queue; left alone, it is due again after a while. */
  async lease(limit: number): Promise<Taken[]> {
    return inTransaction(this.em, async () => {
      const now = this.clock.now();
      const due = await this.db
        .selectFrom('outbox_deliveries')
        .select(['event_id', 'handler', 'attempts'])
        .where('state', '=', 'open')
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(limit)
        .forUpdate()
        .skipLocked()
        .execute();
      await this.pushAhead(due, new Date(now.getTime() + enqueuedFor));
      return due.map((row) => ({ eventId: row.event_id, handler: row.handler, attempt: row.attempts }));
    });
  }

  /** Begins a run. @returns null when the delivery is closed, or another run has begun since */
  async begin({ eventId, handler, attempt }: Taken): Promise<Begun | null> {
    const { numUpdatedRows } = await this.db
      .updateTable('outbox_deliveries')
      .set({ attempts: attempt + 1, due_at: new Date(this.clock.now().getTime() + runningFor) })
      .where('event_id', '=', bin(eventId))
      .where('handler', '=', handler)
      .where('state', '=', 'open')
      .where('attempts', '=', attempt)
      .executeTakeFirst();
    return numUpdatedRows === 1n ? this.begun(eventId) : null;
  }

  /** Closes the run's delivery. @returns false when another run has begun since, whose effect counts then */
  async close({ eventId, handler, attempt }: Taken): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('outbox_deliveries')
      .set({ state: 'done', last_error: null })
      .where('event_id', '=', bin(eventId))
      .where('handler', '=', handler)
      .where('state', '=', 'open')
      .where('attempts', '=', attempt + 1)
      .executeTakeFirst();
    return numUpdatedRows === 1n;
  }

  async postpone(taken: Taken, until: Date): Promise<void> {
    await this.update(taken, { due_at: until });
  }

  async fail(taken: Taken, error: string, allowed: number): Promise<void> {
    const failures = (await this.failures(taken)) + 1;
    const wait = Math.min(2 ** failures * 1_000, 3_600_000) * (0.5 + Math.random());
    await this.update(taken, {
      failures,
      last_error: error.slice(0, 500),
      state: failures >= allowed ? 'dead' : 'open',
      due_at: new Date(this.clock.now().getTime() + wait),
    });
  }

  private get db() {
    return globalQuery<OutboxTables>(this.em);
  }

  private async begun(eventId: Id): Promise<Begun | null> {
    const row = await this.db.selectFrom('outbox_events').selectAll().where('id', '=', bin(eventId)).executeTakeFirst();
    if (!row) return null;
    const { id, school_id: schoolId, occurred_at: occurredAt, trace_parent: traceParent } = row;
    return { event: { id, schoolId, occurredAt, payload: JSON.parse(row.payload) as object }, traceParent };
  }

  private async failures({ eventId, handler }: Taken): Promise<number> {
    const row = await this.db
      .selectFrom('outbox_deliveries')
      .select('failures')
      .where('event_id', '=', bin(eventId))
      .where('handler', '=', handler)
      .executeTakeFirst();
    return row?.failures ?? 0;
  }

  private async update(
    { eventId, handler, attempt }: Taken,
    change: { due_at: Date; failures?: number; last_error?: string; state?: 'open' | 'dead' },
  ): Promise<void> {
    await this.db
      .updateTable('outbox_deliveries')
      .set(change)
      .where('event_id', '=', bin(eventId))
      .where('handler', '=', handler)
      .where('state', '=', 'open')
      .where('attempts', '=', attempt + 1)
      .execute();
  }

  private async pushAhead(rows: readonly { event_id: StoredId; handler: string }[], until: Date): Promise<void> {
    if (rows.length === 0) return;
    await this.db
      .updateTable('outbox_deliveries')
      .set({ due_at: until })
      .where((where) =>
        where.or(
          rows.map((row) => where.and([where('event_id', '=', bin(row.event_id)), where('handler', '=', row.handler)])),
        ),
      )
      .execute();
  }
}
