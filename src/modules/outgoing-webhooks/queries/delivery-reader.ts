import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byAge, byNumber, is, isIdOf, List } from '../../../platform/database/list.js';
import { bin } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import { firstIdAt, type Id } from '../../../platform/values/id.js';
import type { PartnerName } from '../../identity/index.js';
import type { AttemptOutcome, WebhookMessageState } from '../domain/webhook-message.js';
import { WebhookDeliveryNotFound } from '../domain/webhook-problems.js';
import type { SentType } from '../domain/webhook-types.js';
import { ownedQuery } from './owned-query.js';

export interface DeliveryView {
  readonly id: Id;
  readonly endpointId: Id;
  readonly type: SentType;
  readonly state: WebhookMessageState;
  readonly attempts: number;
  readonly lastReason: string | null;
  readonly createdAt: Date;
  /** When it is tried next; null when it is closed. */
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
}

export interface DeliveryDetails extends DeliveryView {
  /** What is posted, as it is signed. */
  readonly payload: string;
}

export interface AttemptView {
  readonly id: Id;
  readonly number: number;
  readonly startedAt: Date;
  readonly outcome: AttemptOutcome;
  readonly status: number | null;
  readonly reason: string | null;
  readonly durationMs: number | null;
}

export const deliveryList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: {
    endpointId: isIdOf('endpoint_id'),
    state: is<WebhookMessageState>('state'),
    type: is<SentType>('type'),
    from: (from: Date) => sql`id >= ${bin(firstIdAt(from))}`,
  },
});

export const attemptList = new List({ sorts: { number: byNumber('number') }, defaultSort: '-number' });

/** What was sent to the endpoints of a partner, or else of the current school, and how each attempt went. */
@Injectable()
export class DeliveryReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof deliveryList>, partner: PartnerName | null = null): Promise<Page<DeliveryView>> {
    return mapPage(await deliveryList.page(this.messages(partner), asked), view);
  }

  /** @throws WebhookDeliveryNotFound */
  async get(id: Id, partner: PartnerName | null = null): Promise<DeliveryDetails> {
    const row = await this.messages(partner).select('payload').where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new WebhookDeliveryNotFound();
    return view(row);
  }

  /** @throws WebhookDeliveryNotFound */
  async attempts(
    id: Id,
    asked: Asked<typeof attemptList>,
    partner: PartnerName | null = null,
  ): Promise<Page<AttemptView>> {
    await this.get(id, partner);
    const rows = ownedQuery(this.em, 'webhook_attempts', partner)
      .select(['id', 'number', 'started_at as startedAt', 'outcome', 'status', 'reason', 'duration_ms as durationMs'])
      .where('message_id', '=', bin(id));
    return attemptList.page(rows, asked);
  }

  private messages(partner: PartnerName | null) {
    return ownedQuery(this.em, 'webhook_messages', partner)
      .select(['id', 'endpoint_id as endpointId', 'type', 'state', 'attempts', 'last_reason as lastReason'])
      .select(['created_at as createdAt', 'due_at', 'closed_at as closedAt']);
  }
}

function view<Row extends { due_at: Date; state: WebhookMessageState }>({ due_at, ...row }: Row) {
  return { ...row, dueAt: row.state === 'queued' ? due_at : null };
}
