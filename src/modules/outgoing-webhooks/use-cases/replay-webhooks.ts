import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import { firstIdAt, type Id, newId } from '../../../platform/values/id.js';
import type { PartnerName } from '../../identity/index.js';
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

/** Sends again what was sent or given up, under the same id, and sends what is only a test; of a partner, or else of the current school. */
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
  async test(endpointId: Id, partner: PartnerName | null = null): Promise<DeliveryView> {
    const { owner } = await this.active(endpointId, partner);
    const now = this.clock.now();
    const which = { owner, about: owner.schoolId, endpointId, eventId: newId(), type: testType } as const;
    const message = WebhookMessage.of({ ...which, occurredAt: now, data: { endpointId } }, now);
    await this.em.persist(message).flush();
    await this.outbox.record(new WebhooksDue({ endpointId }));
    return this.shown(message.id, partner);
  }

  /** @throws WebhookDeliveryNotFound, WebhookEndpointNotActive */
  @Transaction()
  async one(messageId: Id, partner: PartnerName | null = null): Promise<DeliveryView> {
    const message = await this.em.findOne(WebhookMessage, { id: messageId, partner });
    if (!message) throw new WebhookDeliveryNotFound();
    await this.active(message.endpointId, partner);
    await this.queueAgain(message.endpointId).where('id', '=', bin(messageId)).execute();
    await this.told(message.endpointId, { messageId });
    return this.shown(messageId, partner);
  }

  /** The dead ones of an endpoint that were made since then. @throws WebhookEndpointNotFound, WebhookEndpointNotActive */
  @Transaction()
  async failedSince(
    endpointId: Id,
    since: Date,
    partner: PartnerName | null = null,
  ): Promise<{ readonly replayed: number }> {
    await this.active(endpointId, partner);
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
      .where('endpoint_id', '=', bin(endpointId));
  }

  private async told(endpointId: Id, details: Record<string, string | number>): Promise<void> {
    await this.audit.record({ action: 'webhook_endpoint.replayed', subjectId: endpointId, details });
    await this.outbox.record(new WebhooksDue({ endpointId }));
  }

  // Locked as whoever gives it up locks it, so that nothing is queued for an endpoint that nobody sends to.
  private async active(endpointId: Id, partner: PartnerName | null): Promise<WebhookEndpoint> {
    const endpoint = await this.em.findOne(
      WebhookEndpoint,
      { id: endpointId, partner, state: { $ne: 'deleted' as const } },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!endpoint) throw new WebhookEndpointNotFound();
    if (endpoint.state !== 'active') throw new WebhookEndpointNotActive();
    return endpoint;
  }

  private async shown(messageId: Id, partner: PartnerName | null): Promise<DeliveryView> {
    const { payload: _, ...delivery } = await this.reader.get(messageId, partner);
    return delivery;
  }
}
