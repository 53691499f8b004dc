import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { firstIdAt, type Id, newId } from '../../../platform/values/id.js';
import { WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhooksDue } from '../domain/webhook-events.js';
import { WebhookMessage } from '../domain/webhook-message.js';
import {
  WebhookDeliveryNotFound,
  WebhookEndpointNotActive,
  WebhookEndpointNotFound,
} from '../domain/webhook-problems.js';
import { testType } from '../domain/webhook-types.js';
import { DeliveryReader, type DeliveryView } from '../queries/delivery-reader.js';
import type { WebhookTables } from '../tables.js';

/** So many are queued again by one request; whoever has more asks again. */
export const MOST_REPLAYED = 1_000;

/** Sends again what was sent or given up, under the same id, and sends what is only a test. */
@Injectable()
export class ReplayWebhooks {
  constructor(
    readonly em: EntityManager,
    private readonly reader: DeliveryReader,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws WebhookEndpointNotFound, WebhookEndpointNotActive */
  @Transaction()
  async test(endpointId: Id): Promise<DeliveryView> {
    await this.active(endpointId);
    const now = this.clock.now();
    const which = { schoolId: currentSchool(), endpointId, eventId: newId(), type: testType } as const;
    const message = WebhookMessage.of({ ...which, occurredAt: now, data: { endpointId } }, now);
    await this.em.persist(message).flush();
    await this.outbox.record(new WebhooksDue({ endpointId }));
    return this.shown(message.id);
  }

  /** @throws WebhookDeliveryNotFound, WebhookEndpointNotActive */
  @Transaction()
  async one(messageId: Id): Promise<DeliveryView> {
    const message = await this.em.findOne(WebhookMessage, { id: messageId });
    if (!message) throw new WebhookDeliveryNotFound();
    await this.active(message.endpointId);
    await this.queueAgain(message.endpointId).where('id', '=', bin(messageId)).execute();
    await this.told(message.endpointId, { messageId });
    return this.shown(messageId);
  }

  /** The dead ones of an endpoint that were made since then. @throws WebhookEndpointNotFound, WebhookEndpointNotActive */
  @Transaction()
  async failedSince(endpointId: Id, since: Date): Promise<{ readonly replayed: number }> {
    await this.active(endpointId);
    const { numUpdatedRows } = await this.queueAgain(endpointId)
      .where('state', '=', 'dead')
      .where('id', '>=', bin(firstIdAt(since)))
      .orderBy('id')
      .limit(MOST_REPLAYED)
      .executeTakeFirstOrThrow();
    const replayed = Number(numUpdatedRows);
    await this.told(endpointId, { since: since.toISOString(), replayed });
    return { replayed };
  }

  private queueAgain(endpointId: Id) {
    const now = this.clock.now();
    return globalQuery<WebhookTables>(this.em)
      .updateTable('webhook_messages')
      .set({ state: 'queued', tries: 0, due_at: now, queued_at: now, closed_at: null })
      .where('school_id', '=', bin(currentSchool()))
      .where('endpoint_id', '=', bin(endpointId));
  }

  private async told(endpointId: Id, details: Record<string, string | number>): Promise<void> {
    await this.audit.record({ action: 'webhook_endpoint.replayed', subjectId: endpointId, details });
    await this.outbox.record(new WebhooksDue({ endpointId }));
  }

  // Locked as whoever gives it up locks it, so that nothing is queued for an endpoint that nobody sends to.
  private async active(endpointId: Id): Promise<void> {
    const endpoint = await this.em.findOne(
      WebhookEndpoint,
      { id: endpointId, state: { $ne: 'deleted' as const } },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!endpoint) throw new WebhookEndpointNotFound();
    if (endpoint.state !== 'active') throw new WebhookEndpointNotActive();
  }

  private async shown(messageId: Id): Promise<DeliveryView> {
    const { payload: _, ...delivery } = await this.reader.get(messageId);
    return delivery;
  }
}
