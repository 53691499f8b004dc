import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, List } from '../../../platform/database/list.js';
import { bin } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { PartnerName } from '../../identity/index.js';
import type { DisabledReason, EndpointState } from '../domain/webhook-endpoint.js';
import { WebhookEndpointNotFound } from '../domain/webhook-problems.js';
import type { WebhookType } from '../domain/webhook-types.js';
import { ownedQuery } from './owned-query.js';

export interface EndpointView {
  readonly id: Id;
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly WebhookType[];
  readonly state: EndpointState;
  readonly disabledReason: DisabledReason | null;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly lastFailure: string | null;
  readonly lastFailureAt: Date | null;
  readonly lastSuccessAt: Date | null;
  /** Left alone until then; null when it is not. */
  readonly heldUntil: Date | null;
  /** Until then it is signed with the secret of before too. */
  readonly previousSecretUntil: Date | null;
  readonly createdBy: Id;
  readonly createdAt: Date;
}

export const endpointList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<EndpointState>('state') },
});

/** The webhook endpoints of a partner, or else of the current school, never with their secrets. */
@Injectable()
export class EndpointReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  async list(asked: Asked<typeof endpointList>, partner: PartnerName | null = null): Promise<Page<EndpointView>> {
    return mapPage(await endpointList.page(this.endpoints(partner), asked), (row) => this.view(row));
  }

  /** @throws WebhookEndpointNotFound */
  async get(id: Id, partner: PartnerName | null = null): Promise<EndpointView> {
    const row = await this.endpoints(partner).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new WebhookEndpointNotFound();
    return this.view(row);
  }

  private endpoints(partner: PartnerName | null) {
    return ownedQuery(this.em, 'webhook_endpoints', partner)
      .select(['id', 'url', 'description', 'event_types', 'state', 'disabled_reason as disabledReason', 'failures'])
      .select(['failing_since as failingSince', 'last_failure as lastFailure', 'last_failure_at as lastFailureAt'])
      .select(['last_success_at as lastSuccessAt', 'held_until as heldUntil'])
      .select(['previous_secret_until as previousSecretUntil', 'created_by as createdBy', 'created_at as createdAt'])
      .where('state', '!=', 'deleted');
  }

  private view<
    Row extends { event_types: string; state: string; heldUntil: Date | null; previousSecretUntil: Date | null },
  >({ event_types, state, heldUntil, previousSecretUntil, ...row }: Row) {
    return {
      ...row,
      state: state as EndpointState,
      eventTypes: event_types.split(' ') as WebhookType[],
      heldUntil: this.ahead(heldUntil),
      previousSecretUntil: this.ahead(previousSecretUntil),
    };
  }

  private ahead(at: Date | null): Date | null {
    return at && at > this.clock.now() ? at : null;
  }
}
