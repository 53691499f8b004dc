import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, List } from '../database/list.js';
import { globalQuery, type Tables } from '../database/query.js';
import type { Page } from '../http/paging.js';
import type { Id } from '../values/id.js';
import type { WebhookEventSchema, WebhookState } from '../webhooks/webhook-event.js';

/** What a provider told us, without its words: they may name people. */
export interface WebhookRow {
  readonly id: Id;
  readonly provider: string;
  readonly kind: string;
  readonly state: WebhookState;
  readonly receivedAt: Date;
  readonly processedAt: Date | null;
}

export const webhookList = new List({
  sorts: { receivedAt: byAge },
  defaultSort: '-receivedAt',
  filters: { state: is<WebhookState>('state') },
});

/** Webhooks of the last month. */
@Injectable()
export class WebhookList {
  constructor(private readonly em: EntityManager) {}

  page(asked: Asked<typeof webhookList>): Promise<Page<WebhookRow>> {
    return webhookList.page(this.rows, asked);
  }

  private get rows() {
    return globalQuery<Tables<typeof WebhookEventSchema>>(this.em)
      .selectFrom('webhook_events')
      .select(['id', 'provider', 'kind', 'state', 'received_at as receivedAt', 'processed_at as processedAt']);
  }
}
