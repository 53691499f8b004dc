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
  indexes: [
    { name: 'outbox_deliveries_due', properties: ['state', 'dueAt'] },
    { name: 'outbox_deliveries_lane', properties: ['lane', 'state', 'dueAt'] },
  ],
  properties: {
    eventId: id().primary(),
    handler: p.string().length(100).primary(),
    lane: code<Lane>().default('main'),
    state: code<DeliveryState>(),
    // When somebody may take it (again). Taking it pushes this ahead: that is the lease. Of a dead one, when it was given up.
    dueAt: instant(),
    // How often a run has begun with it; one that finds another number than it was given is too late.
    attempts: int(),
    // The latest run. What an earlier one still wants to write does not count.
    runId: id().nullable(),
    failures: int(),
    lastError: text(500).nullable(),
  },
});

export const outboxEntities = [OutboxEventSchema, OutboxDeliverySchema];
