import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery, schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { planAccounts, vatCode } from '../../finance/index.js';
import type { AccountingTables } from '../accounting.tables.js';
import type { Mapping } from '../domain/account-words.js';
import { BooksNotConnected } from '../domain/accounting-problems.js';
import { AccountingConnection } from '../domain/connection.js';
import { AccountingMappingSchema, type MappingKind } from '../domain/small-tables.js';
import { AccountingClients } from '../ports/accounting-clients.js';
import { usualRates } from './suggest-mappings.js';

export interface MappingView {
  readonly kind: MappingKind;
  readonly ours: string;
  readonly name: string;
  /** Null: the school has to say it before anything of it is sent. */
  readonly theirs: string | null;
}

/** What the books call a school's accounts, VAT rates and products. */
@Injectable()
export class MapAccounts {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly clients: AccountingClients,
    private readonly audit: Audit,
  ) {}

  /** Every account and rate of ours, and the products that have an account of their own. @throws BooksNotConnected */
  async read(): Promise<{ mappings: MappingView[] }> {
    const em = this.em.fork({ keepTransactionContext: true });
    const connection = await em.findOne(AccountingConnection, { activeFor: currentSchool(), state: 'connected' });
    if (!connection) throw new BooksNotConnected();
    const known = await em.find(AccountingMappingSchema, { connectionId: connection.id }, { orderBy: { ours: 'asc' } });
    const asOurs = this.clients.find(connection.provider)?.needsToken === false;
    const theirs = (kind: MappingKind, ours: string, plain: string) =>
      known.find((each) => each.kind === kind && each.ours === ours)?.theirs ?? (asOurs ? plain : null);
    const rates = [...new Set([...usualRates.map(String), ...oursOf(known, 'tax')])];
    const names = await this.products(oursOf(known, 'product'));
    return {
      mappings: [
        ...planAccounts.map(({ code, name }) => view('account', code, name, theirs('account', code, code))),
        ...rates.map((rate) => {
          const name = `${Number(rate) / 100} %`;
          return view('tax', rate, name, theirs('tax', rate, vatCode(Number(rate)) ?? ''));
        }),
        ...oursOf(known, 'product').map((id) => view('product', id, names.get(id) ?? '', theirs('product', id, ''))),
      ],
    };
  }

  /** All of them; what is left out is not mapped, or as we call it. What failed for the lack of one is sent again. */
  @Transaction()
  async execute(wanted: readonly Mapping[]): Promise<{ mappings: MappingView[] }> {
    const connection = await this.em.findOne(
      AccountingConnection,
      { activeFor: currentSchool(), state: 'connected' },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!connection) throw new BooksNotConnected();
    await assertAsSeen(() => this.read());
    await this.em.nativeDelete(AccountingMappingSchema, { connectionId: connection.id });
    const unique = new Map(wanted.map((each) => [`${each.kind} ${each.ours}`, each]));
    const common = { schoolId: currentSchool(), connectionId: connection.id };
    await this.em.insertMany(
      AccountingMappingSchema,
      [...unique.values()].map(({ kind, ours, theirs }) => ({ id: newId(), ...common, kind, ours, theirs })),
    );
    await this.tryAgain(connection);
    await this.audit.record({
      action: 'accounting_mapping.set',
      subjectId: connection.id,
      details: { mappings: unique.size },
    });
    return this.read();
  }

  private async tryAgain(connection: AccountingConnection): Promise<void> {
    const now = this.clock.now();
    if (connection.syncOn) connection.nextSyncAt = now;
    await globalQuery<AccountingTables>(this.em)
      .updateTable('accounting_records')
      .set({ state: 'waiting', next_try_at: now })
      .where('school_id', '=', bin(currentSchool()))
      .where('connection_id', '=', bin(connection.id))
      .where('state', '=', 'failed')
      .where('attempts', '=', 0)
      .where('error', 'like', 'mapping_missing%')
      .execute();
  }

  private async products(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('products')
      .select(['id', 'name'])
      .where(
        'id',
        'in',
        ids.map((id) => bin(id as Id)),
      )
      .execute();
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

function oursOf(known: readonly Mapping[], kind: MappingKind): string[] {
  return known.filter((each) => each.kind === kind).map(({ ours }) => ours);
}

function view(kind: MappingKind, ours: string, name: string, theirs: string | null): MappingView {
  return { kind, ours, name, theirs };
}
