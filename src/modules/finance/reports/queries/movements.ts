import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { AccountKind } from '../../domain/account-plan.js';
import type { LedgerAccountSchema, LedgerTransferSchema } from '../../domain/ledger.js';
import type { ProductSchema } from '../../prices/domain/product.js';
import type { Period } from '../domain/period.js';

type Db = Tables<typeof LedgerAccountSchema | typeof LedgerTransferSchema | typeof ProductSchema>;
type Side = 'debit' | 'credit';

export interface Movement {
  readonly debit: number;
  readonly credit: number;
}

export interface CodeMovement extends Movement {
  readonly code: string;
  readonly name: string;
  readonly kind: AccountKind;
}

/** What went in and out of accounts in a period, summed from the ledger's indexes. Beginning: `from` a day before all. */
@Injectable()
export class Movements {
  constructor(private readonly em: EntityManager) {}

  /** All accounts, summed by their number in the bookkeeping. */
  byCode(currency: string, period: Period): Promise<CodeMovement[]> {
    return this.accounts(currency)
      .select(['code', 'kind', sql<string>`min(name)`.as('name')])
      .select([sql<number>`sum(${moved('debit', period)})`.as('debit')])
      .select([sql<number>`sum(${moved('credit', period)})`.as('credit')])
      .groupBy(['code', 'kind'])
      .orderBy('code')
      .execute();
  }

  /** Sales and what is deferred, without VAT, and the VAT itself, by rate: what was delivered moved from one to the other. */
  byRate(currency: string, period: Period): Promise<(Movement & { rate: number; isVat: boolean | number })[]> {
    const isVat = sql<number>`account_key like 'output-vat/%'`;
    return this.accounts(currency)
      .select([sql<number>`vat_rate_bp`.as('rate'), isVat.as('isVat')])
      .select([sql<number>`sum(${moved('debit', period)})`.as('debit')])
      .select([sql<number>`sum(${moved('credit', period)})`.as('credit')])
      .where('kind', 'in', ['liability', 'revenue'])
      .where('vat_rate_bp', 'is not', null)
      .groupBy(['rate', 'isVat'])
      .orderBy('rate', 'desc')
      .execute();
  }

  /** Revenue by the product that was sold; null where none was named. */
  byProduct(currency: string, period: Period): Promise<(Movement & { productId: Id | null; name: string | null })[]> {
    return this.accounts(currency)
      .leftJoin('products', (join) =>
        join
          .onRef('products.school_id', '=', 'ledger_accounts.school_id')
          .onRef('products.id', '=', 'ledger_accounts.product_id'),
      )
      .select(['ledger_accounts.product_id as productId', sql<string | null>`min(products.name)`.as('name')])
      .select([sql<number>`sum(${moved('debit', period)})`.as('debit')])
      .select([sql<number>`sum(${moved('credit', period)})`.as('credit')])
      .where('kind', '=', 'revenue')
      .groupBy('ledger_accounts.product_id')
      .execute();
  }

  /** Revenue of each day that had any: credit less debit. */
  async byDay(currency: string, period: Period): Promise<Map<LocalDate, number>> {
    const days = new Map<LocalDate, number>();
    for (const [side, sign] of [
      ['credit', 1],
      ['debit', -1],
    ] as const)
      for (const { day, total } of await this.daysOf(side, currency, period))
        days.set(day, (days.get(day) ?? 0) + sign * total);
    return days;
  }

  private daysOf(side: Side, currency: string, { from, until }: Period) {
    return this.accounts(currency)
      .innerJoin('ledger_transfers', (join) =>
        join
          .onRef('ledger_transfers.school_id', '=', 'ledger_accounts.school_id')
          .onRef(`ledger_transfers.${side}_account_id`, '=', 'ledger_accounts.id'),
      )
      .select(['occurred_on as day', sql<number>`sum(amount_minor)`.as('total')])
      .where('kind', '=', 'revenue')
      .where('occurred_on', '>=', from)
      .where('occurred_on', '<=', until)
      .groupBy('occurred_on')
      .execute();
  }

  private accounts(currency: string) {
    return schoolQuery<Db>(this.em).selectFrom('ledger_accounts').where('ledger_accounts.currency', '=', currency);
  }
}

/** What one account moved on one side. */
function moved(side: Side, { from, until }: Period) {
  const column = sql.ref(`t.${side}_account_id`);
  return sql<number>`(SELECT COALESCE(SUM(t.amount_minor), 0) FROM ledger_transfers t
    WHERE t.school_id = ledger_accounts.school_id AND ${column} = ledger_accounts.id
      AND t.occurred_on >= ${from} AND t.occurred_on <= ${until})`;
}
