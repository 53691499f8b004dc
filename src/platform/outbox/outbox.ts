import { AsyncLocalStorage } from 'node:async_hooks';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { InsertObject } from 'kysely';
import type { Counter } from 'prom-client';
import { bin, globalQuery, type Tables } from '../database/query.js';
import { afterCommit, assertTransaction, writeAtCommit } from '../database/transaction.js';
import { Metrics } from '../observability/metrics/metrics.js';
import { traceParent } from '../observability/tracing/spans.js';
import { currentSchoolOrNull } from '../tenancy/tenancy.js';
import { Clock } from '../values/clock.js';
import { newId } from '../values/id.js';
import type { DomainEvent, EventClass } from './event.js';
import { HandlerRegistry } from './handler-registry.js';
import type { Lane } from './lanes.js';
import type { OutboxDeliverySchema, OutboxEventSchema } from './outbox.entities.js';
import { Relay } from './relay.js';

type OutboxTables = Tables<typeof OutboxEventSchema | typeof OutboxDeliverySchema>;

type NewRow<Table extends keyof OutboxTables> = InsertObject<OutboxTables, Table>;

const muted = new AsyncLocalStorage<true>();

/** Writes events, and one open delivery per handler, in the transaction of what they tell about. */
@Injectable()
export class Outbox {
  private readonly counted: Counter<'event'>;

  constructor(
    private readonly em: EntityManager,
    private readonly handlers: HandlerRegistry,
    private readonly relay: Relay,
    private readonly clock: Clock,
    metrics: Metrics,
  ) {
    this.counted = metrics.counter({
      name: 'domain_events_total',
      help: 'What has happened and is committed, by the event’s name.',
      labelNames: ['event'],
    });
  }

  /** The work's events are not recorded: for filling a demo, where nobody shall get a message about last month. */
  static muted<T>(work: () => T): T {
    return muted.run(true, work);
  }

  /** Needs an open transaction, and is written at its end; the event belongs to the current school, if any. */
  async record(event: DomainEvent): Promise<void> {
    assertTransaction('Outbox.record()');
    const { eventName } = event.constructor as EventClass;
    if (muted.getStore()) return;
    afterCommit(() => this.counted.inc({ event: eventName }));
    const handlers = this.handlers.of(eventName);
    if (handlers.length === 0) return;
    const eventId = bin(newId());
    const school = currentSchoolOrNull();
    const now = this.clock.now();
    writeAtCommit(
      {
        id: eventId,
        school_id: school && bin(school),
        name: eventName,
        payload: JSON.stringify(event.payload),
        occurred_at: now,
        trace_parent: traceParent(),
      },
      this.writeEvents,
    );
    const lanes = new Set<Lane>();
    for (const { name, lane: laneOf } of handlers) {
      const lane = laneOf(event.payload as never);
      lanes.add(lane);
      const delivery = {
        event_id: eventId,
        handler: name,
        lane,
        state: 'open' as const,
        due_at: now,
        attempts: 0,
        failures: 0,
      };
      writeAtCommit(delivery, this.writeDeliveries);
    }
    afterCommit(() => this.relay.wake(lanes));
  }

  private readonly writeEvents = async (events: readonly NewRow<'outbox_events'>[]): Promise<void> => {
    await globalQuery<OutboxTables>(this.em).insertInto('outbox_events').values(events).execute();
  };

  private readonly writeDeliveries = async (deliveries: readonly NewRow<'outbox_deliveries'>[]): Promise<void> => {
    await globalQuery<OutboxTables>(this.em).insertInto('outbox_deliveries').values(deliveries).execute();
  };
}
