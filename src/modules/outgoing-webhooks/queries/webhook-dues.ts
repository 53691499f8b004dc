import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bins, globalQuery, schoolQuery } from '../../../platform/database/query.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { PartnerName } from '../../identity/index.js';
import type { WebhookType } from '../domain/webhook-types.js';
import type { WebhookTables } from '../tables.js';

export interface SubscribedEndpoint {
  readonly id: Id;
  readonly schoolId: Id;
}

export interface PartnersEndpoint {
  readonly id: Id;
  readonly partner: PartnerName;
}

export interface DueEndpoint {
  readonly id: Id;
  /** Null: it is a partner's. */
  readonly schoolId: Id | null;
}

/** Which endpoints hear of something, and at which something is due. */
@Injectable()
export class WebhookDues {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
  ) {}

  /** Those of the schools that are to hear of a type, also while they are paused. */
  async subscribed(schoolIds: readonly Id[], type: WebhookType): Promise<SubscribedEndpoint[]> {
    if (schoolIds.length === 0) return [];
    const rows = await schoolQuery<WebhookTables>(this.em)
      .selectFrom('webhook_endpoints')
      .select(['id', 'school_id as schoolId', 'event_types'])
      .where('school_id', 'in', bins(schoolIds))
      .where('state', 'in', ['active', 'paused'])
      .execute();
    return rows.flatMap(({ id, schoolId, event_types }) =>
      schoolId && hears(event_types, type) ? [{ id, schoolId }] : [],
    );
  }

  /** Those of partners that are to hear of a type, also while they are paused. */
  async subscribedPartners(type: WebhookType): Promise<PartnersEndpoint[]> {
    const rows = await globalQuery<WebhookTables>(this.em)
      .selectFrom('webhook_endpoints')
      .select(['id', 'partner', 'event_types'])
      .where('partner', 'is not', null)
      .where('state', 'in', ['active', 'paused'])
      .execute();
    return rows.flatMap(({ id, partner, event_types }) =>
      partner && hears(event_types, type) ? [{ id, partner }] : [],
    );
  }

  /** Active endpoints that nobody sends to, with something to send: one look into an index for each. */
  due(limit: number): Promise<DueEndpoint[]> {
    const now = this.clock.now();
    return schoolQuery<WebhookTables>(this.em)
      .selectFrom('webhook_endpoints')
      .select(['webhook_endpoints.id', 'webhook_endpoints.school_id as schoolId'])
      .where('webhook_endpoints.state', '=', 'active')
      .where((row) => row.or([row('held_until', 'is', null), row('held_until', '<=', now)]))
      .where((row) => row.or([row('lease_until', 'is', null), row('lease_until', '<=', now)]))
      .where((where) =>
        where.exists(
          where
            .selectFrom('webhook_messages')
            .select('webhook_messages.id')
            .whereRef('webhook_messages.endpoint_id', '=', 'webhook_endpoints.id')
            .where('webhook_messages.state', '=', 'queued')
            .where('webhook_messages.due_at', '<=', now),
        ),
      )
      .limit(limit)
      .execute();
  }
}

function hears(eventTypes: string, type: WebhookType): boolean {
  return eventTypes.split(' ').includes(type);
}
