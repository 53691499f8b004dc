import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { schoolQuery, type Tables } from '../../../platform/database/query.js';
import { type IntegrationStatus, TellsIntegration } from '../../../platform/integrations/tells-integration.js';
import type { AccountingConnectionSchema } from '../domain/connection.js';

/** The bookkeeping that the school is tied to, or last was. */
@Injectable()
export class AccountingIntegration {
  constructor(private readonly em: EntityManager) {}

  @TellsIntegration()
  async tell(): Promise<IntegrationStatus[]> {
    const tie = await schoolQuery<Tables<typeof AccountingConnectionSchema>>(this.em)
      .selectFrom('accounting_connections')
      .select(['provider', 'state', 'last_success_at', 'last_run_at', 'last_error'])
      .orderBy('active_for', 'desc')
      .orderBy('connected_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (!tie) return [{ kind: 'accounting', provider: null, state: 'off', ...nothingYet }];
    const failed = tie.last_error !== null;
    return [
      {
        kind: 'accounting',
        provider: tie.provider,
        state: tie.state === 'disconnected' ? 'disconnected' : failed ? 'failing' : 'ok',
        lastSuccessAt: tie.last_success_at,
        lastFailureAt: failed ? tie.last_run_at : null,
        lastFailure: tie.last_error,
      },
    ];
  }
}

const nothingYet = { lastSuccessAt: null, lastFailureAt: null, lastFailure: null };
