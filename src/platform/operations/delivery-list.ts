import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, type Tables } from '../database/query.js';
import { decodeCursor, madeUpCursor, type Page, pageOf } from '../http/paging.js';
import type { OutboxDeliverySchema, OutboxEventSchema } from '../outbox/outbox.entities.js';
import { isId, type Id } from '../values/id.js';

/** What is done is of no interest to an operator: the metrics count it. */
export const listedStates = ['dead', 'open'] as const;
export type ListedState = (typeof listedStates)[number];

/** One event on its way to one handler. The payload stays where it is: ids that tell an operator nothing. */
export interface DeliveryRow {
  readonly eventId: Id;
  readonly handler: string;
  readonly event: string;
  readonly schoolId: Id | null;
  readonly state: ListedState;
  readonly occurredAt: Date;
  /** When it is tried next; of a dead one, when it would have been. */
  readonly dueAt: Date;
  readonly failures: number;
  readonly lastError: string | null;
}

export interface DeliveryFilter {
  readonly limit: number;
  readonly cursor?: string;
  readonly state: ListedState;
  readonly handler?: string;
}

/** Deliveries that are not done, longest due first. No `List`: an event is delivered to several handlers, so its id is not a row's. */
@Injectable()
export class DeliveryList {
  constructor(private readonly em: EntityManager) {}

  async page({ limit, cursor, state, handler }: DeliveryFilter): Promise<Page<DeliveryRow>> {
    const after = decodeCursor(cursor, { dueAt: 'number', eventId: 'string', handler: 'string' });
    let query = this.rows.where('d.state', '=', state);
    if (handler) query = query.where('d.handler', '=', handler);
    if (after) {
      const dueAt = new Date(after.dueAt);
      if (Number.isNaN(dueAt.getTime()) || !isId(after.eventId)) throw madeUpCursor();
      query = query
        .where('d.due_at', '>=', dueAt)
        .where(sql<boolean>`(d.due_at, d.event_id, d.handler) > (${dueAt}, ${bin(after.eventId)}, ${after.handler})`);
    }
    const rows = await query
      .orderBy('d.due_at')
      .orderBy('d.event_id')
      .orderBy('d.handler')
      .limit(limit + 1)
      .execute();
    return pageOf(rows as DeliveryRow[], limit, (row) => ({
      dueAt: row.dueAt.getTime(),
      eventId: row.eventId,
      handler: row.handler,
    }));
  }

  private get rows() {
    return globalQuery<Tables<typeof OutboxDeliverySchema | typeof OutboxEventSchema>>(this.em)
      .selectFrom('outbox_deliveries as d')
      .innerJoin('outbox_events as e', 'e.id', 'd.event_id')
      .select(['d.event_id as eventId', 'd.handler', 'e.name as event', 'e.school_id as schoolId', 'd.state'])
      .select(['e.occurred_at as occurredAt', 'd.due_at as dueAt', 'd.failures', 'd.last_error as lastError']);
  }
}
