import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery } from '../../../platform/database/query.js';
import { type IntegrationStatus, TellsIntegration } from '../../../platform/integrations/tells-integration.js';
import type { WebhookTables } from '../tables.js';

/** The school's own endpoints, together: failing when one of them does. */
@Injectable()
export class WebhooksIntegration {
  constructor(private readonly em: EntityManager) {}

  @TellsIntegration()
  async tell(): Promise<IntegrationStatus[]> {
    const endpoints = await schoolQuery<WebhookTables>(this.em)
      .selectFrom('webhook_endpoints')
      .select(['state', 'failing_since', 'last_success_at', 'last_failure_at', 'last_failure'])
      .where('state', '!=', 'deleted')
      .execute();
    const failed = endpoints
      .filter(({ last_failure_at }) => last_failure_at !== null)
      .toSorted((a, b) => a.last_failure_at!.getTime() - b.last_failure_at!.getTime())
      .at(-1);
    const successes = endpoints.flatMap(({ last_success_at: at }) => (at ? [at.getTime()] : []));
    return [
      {
        kind: 'webhooks',
        provider: null,
        state: stateOfAll(endpoints),
        lastSuccessAt: successes.length > 0 ? new Date(Math.max(...successes)) : null,
        lastFailureAt: failed?.last_failure_at ?? null,
        lastFailure: failed?.last_failure ?? null,
      },
    ];
  }
}

function stateOfAll(endpoints: readonly { readonly state: string; readonly failing_since: Date | null }[]) {
  if (endpoints.length === 0) return 'off';
  if (endpoints.some(({ state }) => state === 'disabled')) return 'disconnected';
  return endpoints.some(({ failing_since }) => failing_since !== null) ? 'failing' : 'ok';
}
