import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { bin, globalQuery, type Tables } from '../database/query.js';
import { Transaction } from '../database/transaction.js';
import { Outbox } from '../outbox/outbox.js';
import { type Id } from '../values/id.js';
import { WebhookReceived, type WebhookEventSchema, type WebhookState } from '../webhooks/webhook-event.js';
import { WebhookNotFound } from './operations-problems.js';

export interface ReplayFilter {
  readonly provider?: string;
  readonly state: WebhookState;
  readonly since: Date;
}

const batchSize = 200;

/** Acts on stored webhooks once more, as if they had just come. Safe by design: acting on one twice changes nothing. */
@Injectable()
export class ReplayWebhooks {
  constructor(
    readonly em: EntityManager,
    private readonly outbox: Outbox,
    private readonly audit: Audit,
  ) {}

  /** @throws WebhookNotFound */
  @Transaction()
  async one(webhookId: Id): Promise<void> {
    if ((await this.replay([webhookId])) === 0) throw new WebhookNotFound();
  }

  /** @returns how many */
  async matching(filter: ReplayFilter, onProgress: (done: number) => void = () => undefined): Promise<number> {
    let done = 0;
    for (let after: Id | undefined; ; onProgress(done)) {
      const ids = await this.idsAfter(after, filter);
      done += await this.batch(ids);
      after = ids.at(-1);
      if (ids.length < batchSize) return done;
    }
  }

  @Transaction()
  private async batch(ids: readonly Id[]): Promise<number> {
    return this.replay(ids);
  }

  private async replay(ids: readonly Id[]): Promise<number> {
    let replayed = 0;
    for (const id of ids) {
      const { numUpdatedRows } = await this.db
        .updateTable('webhook_events')
        .set({ state: 'received', processed_at: null })
        .where('id', '=', bin(id))
        .executeTakeFirstOrThrow();
      if (numUpdatedRows === 0n) continue;
      await this.outbox.record(new WebhookReceived({ webhookId: id }));
      await this.audit.record({ action: 'webhook.replayed', subjectId: id });
      replayed++;
    }
    return replayed;
  }

  private async idsAfter(after: Id | undefined, { provider, state, since }: ReplayFilter): Promise<Id[]> {
    // By id, which grows with time: a replayed row stays behind, whatever its state becomes.
    let query = this.db
      .selectFrom('webhook_events')
      .select('id')
      .where('state', '=', state)
      .where('received_at', '>=', since);
    if (provider) query = query.where('provider', '=', provider);
    if (after) query = query.where('id', '>', bin(after));
    const rows = await query.orderBy('id').limit(batchSize).execute();
    return rows.map(({ id }) => id);
  }

  private get db() {
    return globalQuery<Tables<typeof WebhookEventSchema>>(this.em);
  }
}
