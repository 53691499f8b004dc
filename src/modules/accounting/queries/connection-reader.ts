import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { AccountingTables } from '../accounting.tables.js';
import { AccountingConnection, type ConnectionState } from '../domain/connection.js';
import type { RecordState } from '../domain/record.js';
import { AccountingClients } from '../ports/accounting-clients.js';

export const connectWays = ['consent', 'token', 'nothing'] as const;
export type ConnectWay = (typeof connectWays)[number];

export interface BooksSystemView {
  readonly provider: string;
  readonly connectBy: ConnectWay;
  readonly documents: boolean;
  readonly journals: boolean;
}

export interface BooksConnectionView {
  readonly id: Id | null;
  readonly state: ConnectionState | 'none';
  readonly provider: string | null;
  readonly companyName: string | null;
  readonly companies: readonly { readonly id: string; readonly name: string }[];
  readonly connectedAt: Date | null;
  readonly lastRunAt: Date | null;
  readonly lastSuccessAt: Date | null;
  readonly nextSyncAt: Date | null;
  readonly lastError: string | null;
  readonly records: Readonly<Record<RecordState, number>>;
}

const none = { waiting: 0, sending: 0, unknown: 0, failed: 0, booked: 0 };

/** How a school's tie to its bookkeeping stands. */
@Injectable()
export class ConnectionReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clients: AccountingClients,
  ) {}

  systems(): BooksSystemView[] {
    return this.clients.all.map(({ provider, abilities: { documents, journals }, needsToken }) => {
      const connectBy = this.clients.consentOf(provider) ? 'consent' : needsToken ? 'token' : 'nothing';
      return { provider, connectBy, documents, journals };
    });
  }

  async read(): Promise<BooksConnectionView> {
    const em = this.em.fork({ keepTransactionContext: true });
    const connection = await em.findOne(AccountingConnection, { activeFor: currentSchool() });
    return {
      id: connection?.id ?? null,
      state: connection?.state ?? 'none',
      provider: connection?.provider ?? null,
      companyName: connection?.companyName ?? null,
      companies: (connection?.companies ?? []).map(({ id, name }) => ({ id, name })),
      connectedAt: connection?.state === 'connected' ? connection.connectedAt : null,
      lastRunAt: connection?.lastRunAt ?? null,
      lastSuccessAt: connection?.lastSuccessAt ?? null,
      nextSyncAt: connection?.nextSyncAt ?? null,
      lastError: connection?.lastError ?? null,
      records: connection ? await this.counts(connection) : none,
    };
  }

  private async counts({ id }: AccountingConnection): Promise<Record<RecordState, number>> {
    const rows = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_records')
      .select(['state', sql<number>`COUNT(*)`.as('n')])
      .where('connection_id', '=', bin(id))
      .groupBy('state')
      .execute();
    return { ...none, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
  }
}
