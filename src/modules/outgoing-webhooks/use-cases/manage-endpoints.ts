import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Encryption } from '../../../platform/crypto/encryption.js';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { Outbox } from '../../../platform/outbox/outbox.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import { newSigningSecret, SignedPosts } from '../../../platform/webhooks/signed-post.js';
import type { PartnerKeySchema, PartnerName } from '../../identity/index.js';
import type { SchoolSchema } from '../../schools/index.js';
import { type EndpointChange, type EndpointOwner, secretContext, WebhookEndpoint } from '../domain/webhook-endpoint.js';
import { WebhooksDue } from '../domain/webhook-events.js';
import { TooManyWebhookEndpoints, WebhookAddressRefused, WebhookEndpointNotFound } from '../domain/webhook-problems.js';
import type { WebhookType } from '../domain/webhook-types.js';
import { EndpointReader, type EndpointView } from '../queries/endpoint-reader.js';

export const MOST_ENDPOINTS = 10;

/** Whose it will be, and who makes it. */
export interface Creator extends EndpointOwner {
  readonly createdBy: Id;
}

export interface CreateEndpointInput {
  readonly url: string;
  readonly description?: string | null;
  readonly eventTypes: readonly WebhookType[];
}

/** With the secret, which is shown in this answer alone. */
export type EndpointWithSecret = EndpointView & { readonly secret: string };

/** The addresses of a partner, or else of the current school, that hear of what happens: made, changed, paused, given another secret, deleted. */
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
    creator: Creator,
    { url, description = null, eventTypes }: CreateEndpointInput,
  ): Promise<EndpointWithSecret> {
    // First: two who add at once count one after the other.
    await this.lockOwner(creator);
    const { partner } = creator;
    const existing = await this.em.count(WebhookEndpoint, { partner, state: { $ne: 'deleted' } });
    if (existing >= MOST_ENDPOINTS) throw new TooManyWebhookEndpoints(MOST_ENDPOINTS);
    const secret = newSigningSecret();
    const details = { ...creator, url: this.accepted(url), description, eventTypes };
    const endpoint = WebhookEndpoint.create(details, secret, this.seal, this.clock.now());
    await this.em.persist(endpoint).flush();
    await this.record('created', endpoint, { eventTypes });
    return { ...(await this.reader.get(endpoint.id, partner)), secret };
  }

  /** @throws WebhookEndpointNotFound, WebhookAddressRefused */
  @Transaction()
  async change(endpointId: Id, change: EndpointChange, partner: PartnerName | null = null): Promise<EndpointView> {
    const endpoint = await this.locked(endpointId, partner);
    await assertAsSeen(() => this.reader.get(endpointId, partner));
    const accepted = change.url === undefined ? change : { ...change, url: this.accepted(change.url) };
    const fields = changedFields(endpoint, { ...accepted, eventTypes: accepted.eventTypes?.toSorted().join(' ') });
    endpoint.change(accepted);
    await this.em.flush();
    await this.record('updated', endpoint, { fields });
    return this.reader.get(endpointId, partner);
  }

  /** What happens meanwhile waits. Repeating it changes nothing. @throws WebhookEndpointNotFound */
  @Transaction()
  async pause(endpointId: Id, partner: PartnerName | null = null): Promise<EndpointView> {
    const endpoint = await this.locked(endpointId, partner);
    if (endpoint.pause()) await this.flushed('paused', endpoint);
    return this.reader.get(endpointId, partner);
  }

  /** @throws WebhookEndpointNotFound */
  @Transaction()
  async resume(endpointId: Id, partner: PartnerName | null = null): Promise<EndpointView> {
    const endpoint = await this.locked(endpointId, partner);
    if (endpoint.resume()) {
      await this.flushed('resumed', endpoint);
      await this.outbox.record(new WebhooksDue({ endpointId }));
    }
    return this.reader.get(endpointId, partner);
  }

  /** @throws WebhookEndpointNotFound */
  @Transaction()
  async rotate(endpointId: Id, partner: PartnerName | null = null): Promise<EndpointWithSecret> {
    const endpoint = await this.locked(endpointId, partner);
    const previous = this.encryption.open(endpoint.secret!, secretContext(endpointId));
    const secret = newSigningSecret();
    endpoint.rotate(secret, previous, this.seal, this.clock.now());
    await this.flushed('secret_rotated', endpoint);
    return { ...(await this.reader.get(endpointId, partner)), secret };
  }

  /** @throws WebhookEndpointNotFound */
  @Transaction()
  async delete(endpointId: Id, partner: PartnerName | null = null): Promise<void> {
    const endpoint = await this.locked(endpointId, partner);
    endpoint.delete();
    await this.flushed('deleted', endpoint);
  }

  private readonly seal = (text: string, context: string): string => this.encryption.seal(text, context);

  private accepted(url: string): string {
    const address = this.posts.accepts(url);
    if (!address || address.href.length > 500) throw new WebhookAddressRefused();
    return address.href;
  }

  private async locked(endpointId: Id, partner: PartnerName | null): Promise<WebhookEndpoint> {
    const which = { id: endpointId, partner, state: { $ne: 'deleted' as const } };
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

  /** The school's row, or the partner's keys. */
  private async lockOwner({ schoolId, partner }: EndpointOwner): Promise<void> {
    const db = globalQuery<Tables<typeof SchoolSchema | typeof PartnerKeySchema>>(this.em);
    const school = () => db.selectFrom('schools').where('id', '=', bin(schoolId!));
    const keys = () => db.selectFrom('partner_keys').where('partner', '=', partner!).orderBy('id');
    await (partner === null ? school().select('id').forUpdate() : keys().select('id').forUpdate()).execute();
  }
}
