import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import type { Actor } from '../../../platform/auth/actor.js';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { newSigningSecret, SignedPosts } from '../../../platform/webhooks/signed-post.js';
import type { SchoolSchema } from '../../schools/index.js';
import { type EndpointChange, secretContext, WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhooksDue } from '../domain/webhook-events.js';
import { TooManyWebhookEndpoints, WebhookAddressRefused, WebhookEndpointNotFound } from '../domain/webhook-problems.js';
import type { WebhookType } from '../domain/webhook-types.js';
import { EndpointReader, type EndpointView } from '../queries/endpoint-reader.js';

export const MOST_ENDPOINTS = 10;

export interface CreateEndpointInput {
  readonly url: string;
  readonly description?: string | null;
  readonly eventTypes: readonly WebhookType[];
}

/** With the secret, which is shown in this answer alone. */
export type EndpointWithSecret = EndpointView & { readonly secret: string };

/** The addresses of a school that hear of what happens: made, changed, paused, given another secret, deleted. */
@Injectable()
export class ManageEndpoints {
  constructor(
    readonly em: EntityManager,
    private readonly posts: SignedPosts,
    private readonly encryption: Encryption,
    private readonly reader: EndpointReader,
    private readonly audit: Audit,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** @throws WebhookAddressRefused, TooManyWebhookEndpoints */
  @Transaction()
  async create(
    actor: Actor,
    { url, description = null, eventTypes }: CreateEndpointInput,
  ): Promise<EndpointWithSecret> {
    // First: two who add at once count one after the other.
    await this.lockSchool(actor.schoolId);
    const existing = await this.em.count(WebhookEndpoint, { state: { $ne: 'deleted' } });
    if (existing >= MOST_ENDPOINTS) throw new TooManyWebhookEndpoints(MOST_ENDPOINTS);
    const secret = newSigningSecret();
    const details = { schoolId: actor.schoolId, createdBy: actor.id, url: this.accepted(url), description, eventTypes };
    const endpoint = WebhookEndpoint.create(details, secret, this.seal, this.clock.now());
    await this.em.persist(endpoint).flush();
    await this.record('created', endpoint, { eventTypes });
    return { ...(await this.reader.get(endpoint.id)), secret };
  }

  /** @throws WebhookEndpointNotFound, WebhookAddressRefused */
  @Transaction()
  async change(endpointId: Id, change: EndpointChange): Promise<EndpointView> {
    const endpoint = await this.locked(endpointId);
    await assertAsSeen(() => this.reader.get(endpointId));
    const accepted = change.url === undefined ? change : { ...change, url: this.accepted(change.url) };
    const fields = changedFields(endpoint, { ...accepted, eventTypes: accepted.eventTypes?.toSorted().join(' ') });
    endpoint.change(accepted);
    await this.em.flush();
    await this.record('updated', endpoint, { fields });
    return this.reader.get(endpointId);
  }

  /** What happens meanwhile waits. Repeating it changes nothing. @throws WebhookEndpointNotFound */
  @Transaction()
  async pause(endpointId: Id): Promise<EndpointView> {
    const endpoint = await this.locked(endpointId);
    if (endpoint.pause()) await this.flushed('paused', endpoint);
    return this.reader.get(endpointId);
  }

  /** @throws WebhookEndpointNotFound */
  @Transaction()
  async resume(endpointId: Id): Promise<EndpointView> {
    const endpoint = await this.locked(endpointId);
    if (endpoint.resume()) {
      await this.flushed('resumed', endpoint);
      await this.outbox.record(new WebhooksDue({ endpointId }));
    }
    return this.reader.get(endpointId);
  }

  /** @throws WebhookEndpointNotFound */
  @Transaction()
  async rotate(endpointId: Id): Promise<EndpointWithSecret> {
    const endpoint = await this.locked(endpointId);
    const previous = this.encryption.open(endpoint.secret!, secretContext(endpointId));
    const secret = newSigningSecret();
    endpoint.rotate(secret, previous, this.seal, this.clock.now());
    await this.flushed('secret_rotated', endpoint);
    return { ...(await this.reader.get(endpointId)), secret };
  }

  /** @throws WebhookEndpointNotFound */
  @Transaction()
  async delete(endpointId: Id): Promise<void> {
    const endpoint = await this.locked(endpointId);
    endpoint.delete();
    await this.flushed('deleted', endpoint);
  }

  private readonly seal = (text: string, context: string): string => this.encryption.seal(text, context);

  private accepted(url: string): string {
    const address = this.posts.accepts(url);
    if (!address || address.href.length > 500) throw new WebhookAddressRefused();
    return address.href;
  }

  private async locked(endpointId: Id): Promise<WebhookEndpoint> {
    const which = { id: endpointId, state: { $ne: 'deleted' as const } };
    const endpoint = await this.em.findOne(WebhookEndpoint, which, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!endpoint) throw new WebhookEndpointNotFound();
    return endpoint;
  }

  private async flushed(what: string, endpoint: WebhookEndpoint): Promise<void> {
    await this.em.flush();
    await this.record(what, endpoint);
  }

  private record(what: string, { id, url }: WebhookEndpoint, details: object = {}): Promise<void> {
    const host = new URL(url).host;
    return this.audit.record({ action: `webhook_endpoint.${what}`, subjectId: id, details: { host, ...details } });
  }

  private async lockSchool(schoolId: Id): Promise<void> {
    await globalQuery<Tables<typeof SchoolSchema>>(this.em)
      .selectFrom('schools')
      .select('id')
      .where('id', '=', bin(schoolId))
      .forUpdate()
      .execute();
  }
}
