import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhooksDue } from '../domain/webhook-events.js';
import { WebhookMessage } from '../domain/webhook-message.js';
import type { WebhookType } from '../domain/webhook-types.js';
import type { WebhookTables } from '../tables.js';

export interface WebhookNews {
  readonly eventId: Id;
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

  @Transaction()
  async execute(endpointIds: readonly Id[], news: WebhookNews): Promise<void> {
    const now = this.clock.now();
    for (const endpointId of await this.without(news.eventId, await this.open(endpointIds))) {
      this.em.persist(WebhookMessage.of({ ...news, schoolId: currentSchool(), endpointId }, now));
      await this.outbox.record(new WebhooksDue({ endpointId }));
    }
    await this.em.flush();
  }

  /** Those that are not given up or deleted meanwhile. */
  private async open(endpointIds: readonly Id[]): Promise<Id[]> {
    const found = await this.em.find(
      WebhookEndpoint,
      { id: { $in: [...endpointIds] }, state: { $in: ['active', 'paused'] } },
      { orderBy: { id: 'asc' } },
    );
    return found.map(({ id }) => id);
  }

  private async without(eventId: Id, endpointIds: readonly Id[]): Promise<Id[]> {
    if (endpointIds.length === 0) return [];
    const told = await schoolQuery<WebhookTables>(this.em)
      .selectFrom('webhook_messages')
      .select('endpoint_id')
      .where('endpoint_id', 'in', bins(endpointIds))
      .where('event_id', 'in', bins([eventId]))
      .execute();
    const known = new Set<Id>(told.map(({ endpoint_id }) => endpoint_id));
    return endpointIds.filter((id) => !known.has(id));
  }
}
