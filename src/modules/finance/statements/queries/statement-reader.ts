import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { bin, bins, globalQuery, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { decodeCursor, madeUpCursor, type Page, pageOf } from '../../../../platform/http/paging.js';
import { isLocalDate } from '../../../../platform/http/time-fields.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { type Id, isId } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { OwnStudents } from '../../../students/index.js';
import { receivables } from '../../domain/account-plan.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import type { LedgerAccountSchema, TransferSource } from '../../domain/ledger.js';
import { SellerReader } from '../../queries/seller-reader.js';

type Db = Tables<typeof InvoiceSchema | typeof LedgerAccountSchema>;

/** One voucher on a student's account. */
export interface StatementEntry {
  readonly id: Id;
  readonly on: LocalDate;
  readonly kind: TransferSource;
  /** The invoice, credit note, payment or refund. */
  readonly documentId: Id;
  /** Of an invoice or a credit note. */
  readonly number: number | null;
  /** What it adds to what the student owes; negative for money and credit. */
  readonly amount: Money;
  /** What he owes after it. */
  readonly balance: Money;
}

export interface StatementPage extends Page<StatementEntry> {
  /** What he owed before the first entry of this page. */
  readonly opening: Money;
}

export interface StatementAsked {
  readonly limit: number;
  readonly cursor?: string;
  readonly from?: LocalDate;
  readonly until?: LocalDate;
}

/** The last entry of the page before. */
interface Place {
  readonly on: LocalDate;
  readonly id: Id;
}

interface Row {
  readonly id: Id;
  readonly on: LocalDate;
  readonly kind: TransferSource;
  readonly documentId: Id;
  readonly amount: number;
}

/** A student's account in the order of its days, out of the ledger: each voucher with what is owed after it. */
@Injectable()
export class StatementReader {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
    private readonly sellers: SellerReader,
  ) {}

  /** In the school's currency. @throws StudentNotFound, InvalidRequest naming `cursor` */
  async page(actor: Actor, studentId: Id, asked: StatementAsked): Promise<StatementPage> {
    await this.ownStudents.get(actor, studentId);
    const after = placeOf(asked.cursor);
    const { currency } = await this.sellers.terms();
    const account = await this.account(studentId, currency);
    const nothing = { items: [], nextCursor: null, opening: Money.of(0, currency) };
    if (!account) return nothing;
    const rows = await this.rows(account, asked, after);
    const opening = Money.of(await this.before(account, asked, after), currency);
    const { items, nextCursor } = pageOf(rows, asked.limit, ({ on, id }) => ({ on, id }));
    return { opening, nextCursor, items: await this.views(items, opening) };
  }

  /** Vouchers in the order of their days, one more than is asked for: the transfers of each are one entry. */
  private async rows(account: Id, { from, until, limit }: StatementAsked, after: Place | null): Promise<Row[]> {
    const since = after?.on ?? from;
    const reach = sql`${since ? sql`AND occurred_on >= ${since}` : sql``} ${until ? sql`AND occurred_on <= ${until}` : sql``}`;
    const beyond = after ? sql`HAVING occurred_on > ${after.on} OR MIN(id) > ${bin(after.id)}` : sql``;
    const { rows } = await sql<Row>`
      SELECT MIN(id) AS id, occurred_on AS \`on\`, source AS kind, source_id AS documentId,
        CAST(SUM(amount) AS SIGNED) AS amount
      FROM (${this.movements(account, reach)}) moved
      GROUP BY occurred_on, source, source_id ${beyond}
      ORDER BY occurred_on, MIN(id) LIMIT ${limit + 1}`.execute(this.db);
    return rows;
  }

  /** What was owed before the first entry. */
  private async before(account: Id, { from }: StatementAsked, after: Place | null): Promise<number> {
    const day = after?.on ?? from;
    if (!day) return 0;
    const { rows } = await sql<{ total: number }>`
      SELECT CAST(COALESCE(SUM(amount), 0) AS SIGNED) AS total
      FROM (${this.movements(account, sql`AND occurred_on < ${day}`)}) moved`.execute(this.db);
    const earlier = rows[0]!.total;
    return after ? earlier + (await this.upTo(account, after)) : earlier;
  }

  /** What the entries of that day come to, those of the pages before. */
  private async upTo(account: Id, { on, id }: Place): Promise<number> {
    const { rows } = await sql<{ amount: number }>`
      SELECT CAST(SUM(amount) AS SIGNED) AS amount FROM (${this.movements(account, sql`AND occurred_on = ${on}`)}) moved
      GROUP BY source, source_id HAVING MIN(id) <= ${bin(id)}`.execute(this.db);
    return rows.reduce((sum, row) => sum + row.amount, 0);
  }

  /** Both sides of the account, each by its index. */
  private movements(account: Id, reach: ReturnType<typeof sql>) {
    const side = (column: string, sign: string) => sql`
      SELECT id, occurred_on, source, source_id, ${sql.raw(sign)} amount_minor AS amount FROM ledger_transfers
      WHERE school_id = ${bin(currentSchool())} AND ${sql.ref(column)} = ${bin(account)} ${reach}`;
    return sql`${side('debit_account_id', '')} UNION ALL ${side('credit_account_id', '-')}`;
  }

  private async views(rows: readonly Row[], opening: Money): Promise<StatementEntry[]> {
    const numbers = await this.numbers(rows.map(({ documentId }) => documentId));
    let balance = opening;
    return rows.map(({ amount, ...row }) => {
      const moved = Money.of(amount, opening.currency);
      balance = balance.plus(moved);
      return { ...row, number: numbers.get(row.documentId) ?? null, amount: moved, balance };
    });
  }

  private async numbers(ids: readonly Id[]): Promise<Map<Id, number | null>> {
    if (ids.length === 0) return new Map();
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('invoices')
      .select(['id', 'number'])
      .where('id', 'in', bins(ids))
      .execute();
    return new Map(rows.map(({ id, number }) => [id, number]));
  }

  private async account(studentId: Id, currency: string): Promise<Id | null> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('ledger_accounts')
      .select('id')
      .where('account_key', '=', receivables(studentId).key)
      .where('currency', '=', currency)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  private get db() {
    return globalQuery<Db>(this.em);
  }
}

function placeOf(cursor: string | undefined): Place | null {
  const place = decodeCursor(cursor, { on: 'string', id: 'string' });
  if (place && !(isId(place.id) && isLocalDate(place.on))) throw madeUpCursor();
  return place as Place | null;
}
