import { defineEntity, p } from '@mikro-orm/core';
import { code, id, instant, int, longText, text } from '../database/columns.js';
import type { Lane } from './lanes.js';

export type DeliveryState = 'open' | 'done' | 'dead';

export const OutboxEventSchema = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox_events',
  properties: {
    id: id().primary(),
    schoolId: id().nullable(),
    name: text(100),
    payload: longText(),
    occurredAt: instant().index('outbox_events_occurred_at'),
    /** The trace it happened in, so that its deliveries join it; null when nothing was traced. */
    traceParent: text(55).nullable(),
  },
});

export const OutboxDeliverySchema = defineEntity({
  name: 'OutboxDelivery',
  tableName: 'outbox_deliveries',
  // One for the lanes and for who counts a state: every change of `due_at` or `state` costs an entry.
  indexes: [{ name: 'outbox_deliveries_state', properties: ['state', 'lane', 'dueAt'] }],
  properties: {
    eventId: id().primary(),
    handler: p.string().length(100).collation('ascii_bin').primary(),
    lane: code<Lane>().collation('ascii_bin').default('main'),
    state: code<DeliveryState>().collation('ascii_bin'),
    // When somebody may take it (again). Taking it pushes this ahead, so that it is not looked at again. Of a dead one, when it was given up.
    dueAt: instant(),
    // By the database's clock: until then it is somebody's, whatever `dueAt` is by another's clock.
    // Never without a value: a row that grows when it is leased has to be moved.
    leasedUntil: instant().nullable().defaultRaw('current_timestamp(3)'),
    // How often a run has begun with it; one that finds another number than it was given is too late.
    attempts: int(),
    // The latest run. What an earlier one still wants to write does not count.
    runId: id().nullable(),
    failures: int(),
    lastError: text(500).nullable(),
  },
});

export const outboxEntities = [OutboxEventSchema, OutboxDeliverySchema];
