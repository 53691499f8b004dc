import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { actingAsProgram } from '../audit/acting.js';
import { bin, globalQuery, type Tables } from '../database/query.js';
import type { EventOf } from '../outbox/event.js';
import { Handles } from '../outbox/handles.js';
import { Schedule } from '../schedules/schedule.js';
import { Clock } from '../values/clock.js';
import { WebhookAdapters } from './webhook-adapter.js';
import { WebhookReceived, type WebhookEventSchema } from './webhook-event.js';

type Db = Tables<typeof WebhookEventSchema>;

const daysKept = 30;
const purgedAtOnce = 1_000;

/** Hands stored webhooks to their adapters, and forgets them after a month. */
@Injectable()
export class ProcessWebhook {
  constructor(
    private readonly em: EntityManager,
    private readonly adapters: WebhookAdapters,
    private readonly clock: Clock,
  ) {}

  @Handles(WebhookReceived, { name: 'webhooks.process', mode: 'external' })
  async process({ payload: { webhookId } }: EventOf<WebhookReceived>): Promise<void> {
    const stored = await this.db
      .selectFrom('webhook_events')
      .select(['provider', 'body', 'state', 'received_at'])
      .where('id', '=', bin(webhookId))
      .executeTakeFirst();
    if (stored?.state !== 'received') return;
    const adapter = this.adapters.find(stored.provider);
    const process = () => adapter?.process(stored.body, stored.received_at) ?? 'ignored';
    const state = await actingAsProgram('provider', stored.provider, process);
    await this.db
      .updateTable('webhook_events')
      .set({ state, processed_at: this.clock.now() })
      .where('id', '=', bin(webhookId))
      .execute();
  }

  @Schedule('webhooks.purge', { daily: '03:40' })
  async purge(now: Date): Promise<void> {
    const before = new Date(now.getTime() - daysKept * 86_400_000);
    let purged: bigint;
    do {
      const old = this.db.deleteFrom('webhook_events').where('received_at', '<', before).limit(purgedAtOnce);
      purged = (await old.executeTakeFirst()).numDeletedRows;
    } while (purged === BigInt(purgedAtOnce));
  }

  private get db() {
    return globalQuery<Db>(this.em);
  }
}
