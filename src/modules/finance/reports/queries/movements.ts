import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bins, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { type AccountKind, deposits } from '../../domain/account-plan.js';
import type { TeacherSchema } from '../../../schools/index.js';
import type { LedgerAccountSchema, LedgerTransferSchema } from '../../domain/ledger.js';
import type { ProductSchema } from '../../prices/domain/product.js';
import type { Period } from '../domain/period.js';

type Db = Tables<
  typeof LedgerAccountSchema | typeof LedgerTransferSchema | typeof ProductSchema | typeof TeacherSchema
>;
type Side = 'debit' | 'credit';

const sides = [
  ['credit', 1],
  ['debit', -1],
] as const;
const noAccount = '00000000-0000-7000-8000-000000000000' as Id;

export interface Movement {
  readonly debit: number;
  readonly credit: number;
}

export interface RateMovement {
  readonly rate: number;
  readonly isVat: boolean;
  /** Credit less debit. */
  readonly net: number;
}

/** Of one product or one teacher. */
export interface NamedMovement {
  readonly of: Id | null;
  readonly name: string | null;
  readonly net: number;
}

interface NamedAccount extends Pick<NamedMovement, 'of' | 'name'> {
  readonly id: Id;
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

  /** All accounts, summed by their number in the bookkeeping; a student's is a deposit where he has money to his credit. */
  byCode(currency: string, period: Period): Promise<CodeMovement[]> {
    const each = this.accounts(currency)
      .select(['code', 'name', 'kind', 'student_id'])
      .select([moved('debit', period).as('debit'), moved('credit', period).as('credit')])
      .as('each');
    const isDeposit = sql<boolean>`student_id IS NOT NULL AND credit > debit`;
    const shown = <T extends string>(column: 'code' | 'name' | 'kind') =>
      sql<T>`CASE WHEN ${isDeposit} THEN ${deposits[column]} ELSE ${sql.ref(column)} END`;
    return globalQuery<Db>(this.em)
      .selectFrom(each)
      .select([shown<string>('code').as('code'), shown<AccountKind>('kind').as('kind')])
      .select(sql<string>`min(${shown('name')})`.as('name'))
      .select([sql<number>`sum(debit)`.as('debit'), sql<number>`sum(credit)`.as('credit')])
      .groupBy([shown('code'), shown('kind')])
      .orderBy(shown('code'))
      .execute();
  }

  /** Sales and what is deferred, without VAT, and the VAT itself, by rate: what was delivered moved from one to the other. */
  async byRate(currency: string, period: Period): Promise<RateMovement[]> {
    const accounts = await this.accounts(currency)
      .select(['id', 'account_key', sql<number>`vat_rate_bp`.as('rate')])
      .where('kind', 'in', ['liability', 'revenue'])
      .where('vat_rate_bp', 'is not', null)
      .execute();
    const net = await this.netOf(accounts, period);
    const movements = new Map<string, RateMovement>();
    for (const { id, rate, account_key } of accounts) {
      const isVat = account_key.startsWith('output-vat/');
      const key = `${rate} ${isVat}`;
      movements.set(key, { rate, isVat, net: (movements.get(key)?.net ?? 0) + (net.get(id) ?? 0) });
    }
    return [...movements.values()].sort((one, other) => other.rate - one.rate);
  }

  /** Revenue by the product that was sold; null where none was named. */
  byProduct(currency: string, period: Period): Promise<NamedMovement[]> {
    const accounts = this.revenueAccounts(currency)
      .leftJoin('products', (join) =>
        join
          .onRef('products.school_id', '=', 'ledger_accounts.school_id')
          .onRef('products.id', '=', 'ledger_accounts.product_id'),
      )
      .select(['ledger_accounts.id', 'ledger_accounts.product_id as of', 'products.name']);
    return this.byName(accounts.execute(), period);
  }

  /** Revenue by the teacher who earned it; null where nobody did, or the books of that time do not say. */
  byTeacher(currency: string, period: Period): Promise<NamedMovement[]> {
    const accounts = this.revenueAccounts(currency)
      .leftJoin('teachers', (join) =>
        join
          .onRef('teachers.school_id', '=', 'ledger_accounts.school_id')
          .onRef('teachers.id', '=', 'ledger_accounts.teacher_id'),
      )
      .select(['ledger_accounts.id', 'ledger_accounts.teacher_id as of', 'teachers.name']);
    return this.byName(accounts.execute(), period);
  }

  private async byName(found: Promise<NamedAccount[]>, period: Period): Promise<NamedMovement[]> {
    const accounts = await found;
    const net = await this.netOf(accounts, period);
    const movements = new Map<Id | null, NamedMovement>();
    for (const { id, of, name } of accounts) {
      const sum = (movements.get(of)?.net ?? 0) + (net.get(id) ?? 0);
      movements.set(of, { of, name, net: sum });
    }
    return [...movements.values()];
  }

  /** Revenue of each day that had any. */
  async byDay(currency: string, period: Period): Promise<Map<LocalDate, number>> {
    const accounts = await this.accounts(currency).select('id').where('kind', '=', 'revenue').execute();
    const days = new Map<LocalDate, number>();
    for (const [side, sign] of sides)
      for (const { day, total } of await this.entriesOf(side, accounts, period)
        .select(['occurred_on as day', sql<number>`sum(amount_minor)`.as('total')])
        .groupBy('occurred_on')
        .execute())
        days.set(day, (days.get(day) ?? 0) + sign * total);
    return days;
  }

  /** Credit less debit of each account. */
  private async netOf(accounts: readonly { id: Id }[], period: Period): Promise<Map<Id, number>> {
    const net = new Map<Id, number>();
    for (const [side, sign] of sides)
      for (const { account, total } of await this.entriesOf(side, accounts, period)
        .select([`${side}_account_id as account`, sql<number>`sum(amount_minor)`.as('total')])
        .groupBy(`${side}_account_id`)
        .execute())
        net.set(account, (net.get(account) ?? 0) + sign * total);
    return net;
  }

  /** Of a few named accounts: so the period is a range of their index. */
  private entriesOf(side: Side, accounts: readonly { id: Id }[], { from, until }: Period) {
    const ids = accounts.map(({ id }) => id);
    return schoolQuery<Db>(this.em)
      .selectFrom('ledger_transfers')
      .where(`${side}_account_id`, 'in', bins(ids.length > 0 ? ids : [noAccount]))
      .where('occurred_on', '>=', from)
      .where('occurred_on', '<=', until);
  }

  private revenueAccounts(currency: string) {
    return this.accounts(currency).where('kind', '=', 'revenue');
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
