import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhooksDue } from '../domain/webhook-events.js';
import { WebhookMessage } from '../domain/webhook-message.js';
import type { WebhookType } from '../domain/webhook-types.js';
import type { WebhookTables } from '../tables.js';

export interface WebhookNews {
  readonly eventId: Id;
  /** The school it happened in. */
  readonly about: Id;
  readonly type: WebhookType;
  readonly occurredAt: Date;
  readonly data: object;
}

/** Writes one message for each endpoint that hears of something, once however often it is told. */
@Injectable()
export class QueueWebhooks {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** In the scope of those endpoints' owner. */
  @Transaction()
  async execute(endpointIds: readonly Id[], news: WebhookNews): Promise<void> {
    const now = this.clock.now();
    for (const endpoint of await this.without(news.eventId, await this.open(endpointIds))) {
      this.em.persist(WebhookMessage.of({ ...news, owner: endpoint.owner, endpointId: endpoint.id }, now));
      await this.outbox.record(new WebhooksDue({ endpointId: endpoint.id }));
    }
    await this.em.flush();
  }

  /** Those that are not given up or deleted meanwhile. */
  private open(endpointIds: readonly Id[]): Promise<WebhookEndpoint[]> {
    return this.em.find(
      WebhookEndpoint,
      { id: { $in: [...endpointIds] }, state: { $in: ['active', 'paused'] } },
      { orderBy: { id: 'asc' } },
    );
  }

  private async without(eventId: Id, endpoints: readonly WebhookEndpoint[]): Promise<readonly WebhookEndpoint[]> {
    if (endpoints.length === 0) return [];
    const told = await globalQuery<WebhookTables>(this.em)
      .selectFrom('webhook_messages')
      .select('endpoint_id')
      .where('endpoint_id', 'in', bins(endpoints.map(({ id }) => id)))
      .where('event_id', 'in', bins([eventId]))
      .execute();
    const known = new Set<Id>(told.map(({ endpoint_id }) => endpoint_id));
    return endpoints.filter(({ id }) => !known.has(id));
  }
}
