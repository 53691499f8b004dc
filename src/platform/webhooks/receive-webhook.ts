import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction, isDuplicateKey } from '../database/transaction.js';
import { ResourceNotFound } from '../http/request-problems.js';
import { Outbox } from '../outbox/outbox.js';
import { Clock } from '../values/clock.js';
import { newId } from '../values/id.js';
import { WebhookAdapters, type AcceptedWebhook, type WebhookRequest } from './webhook-adapter.js';
import { WebhookEventSchema, WebhookReceived } from './webhook-event.js';

/** Stores what a provider says, once, and leaves acting on it to a job: so the provider gets its answer at once. */
@Injectable()
export class ReceiveWebhook {
  constructor(
    private readonly em: EntityManager,
    private readonly adapters: WebhookAdapters,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** A repeat is stored no second time and is no error. @throws UntrustedWebhook, ResourceNotFound */
  async execute(provider: string, request: WebhookRequest): Promise<void> {
    const adapter = this.adapters.find(provider);
    if (!adapter) throw new ResourceNotFound();
    const accepted = await adapter.accept(request);
    try {
      await inTransaction(this.em, () => this.store(provider, accepted, request.body));
    } catch (error) {
      if (!isDuplicateKey(error, 'webhook_events_key')) throw error;
    }
  }

  private async store(provider: string, { key, kind, body: kept }: AcceptedWebhook, body: Buffer): Promise<void> {
    const event = this.em.create(WebhookEventSchema, {
      id: newId(),
      provider,
      eventKey: key,
      kind: kind.slice(0, 100),
      state: 'received',
      body: kept ?? body.toString('utf8'),
      receivedAt: this.clock.now(),
    });
    await this.em.flush();
    await this.outbox.record(new WebhookReceived({ webhookId: event.id }));
  }
}
