import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { BankLineNotFound, BankStatementNotFound } from '../domain/bank-problems.js';
import type { BankDoubt, BankLineSchema, BankLineState, BankStatementSchema } from '../domain/bank-statement.js';

export interface BankStatementView {
  readonly id: Id;
  /** Of money that came in. */
  readonly readLines: number;
  readonly newLines: number;
  readonly waiting: number;
  readonly matched: number;
  readonly doubtful: number;
  readonly ignored: number;
  readonly uploadedBy: Id;
  readonly createdAt: Date;
}

export interface BankLineView {
  readonly id: Id;
  readonly statementId: Id;
  readonly bookedOn: LocalDate;
  readonly amount: Money;
  readonly text: string | null;
  readonly state: BankLineState;
  readonly doubt: BankDoubt | null;
  readonly invoiceId: Id | null;
  readonly paymentId: Id | null;
  readonly reason: string | null;
}

export const bankStatementList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

export const bankLineList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<BankLineState>('state'), statementId: isIdOf('statement_id') },
});

type Db = Tables<typeof BankStatementSchema | typeof BankLineSchema>;

/** What the bank has told, and what became of it. */
@Injectable()
export class BankLines {
  constructor(private readonly em: EntityManager) {}

  async statements(asked: Asked<typeof bankStatementList>): Promise<Page<BankStatementView>> {
    const page = await bankStatementList.page(selectStatements(this.em), asked);
    const counts = await this.counts(page.items.map(({ id }) => id));
    return mapPage(page, (row) => statementView(row, counts.get(row.id) ?? {}));
  }

  /** @throws BankStatementNotFound */
  async statement(id: Id): Promise<BankStatementView> {
    const row = await selectStatements(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new BankStatementNotFound();
    return statementView(row, (await this.counts([id])).get(id) ?? {});
  }

  async list(asked: Asked<typeof bankLineList>): Promise<Page<BankLineView>> {
    return mapPage(await bankLineList.page(selectLines(this.em), asked), lineView);
  }

  /** @throws BankLineNotFound */
  async get(id: Id): Promise<BankLineView> {
    const row = await selectLines(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new BankLineNotFound();
    return lineView(row);
  }

  /** Those of a statement that nobody has looked at, in their order. */
  async waiting(statementId: Id, limit: number): Promise<Id[]> {
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('bank_lines')
      .select('id')
      .where('statement_id', '=', bin(statementId))
      .where('state', '=', 'new')
      .orderBy('id')
      .limit(limit)
      .execute();
    return rows.map(({ id }) => id);
  }

  private async counts(ids: readonly Id[]): Promise<Map<Id, Counts>> {
    const counts = new Map<Id, Counts>();
    if (ids.length === 0) return counts;
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('bank_lines')
      .select(({ fn }) => ['statement_id', 'state', fn.countAll<number>().as('count')])
      .where('statement_id', 'in', bins(ids))
      .groupBy(['statement_id', 'state'])
      .execute();
    for (const { statement_id: id, state, count } of rows) counts.set(id, { ...counts.get(id), [state]: count });
    return counts;
  }
}

type Counts = Partial<Record<BankLineState, number>>;

function selectStatements(em: EntityManager) {
  return schoolQuery<Db>(em)
    .selectFrom('bank_statements')
    .select(['id', 'read_lines', 'new_lines', 'uploaded_by', 'created_at']);
}

function selectLines(em: EntityManager) {
  return schoolQuery<Db>(em)
    .selectFrom('bank_lines')
    .select(['id', 'statement_id', 'booked_on', 'amount_minor', 'currency', 'text', 'state', 'doubt'])
    .select(['invoice_id', 'payment_id', 'reason']);
}

type StatementRow = Awaited<ReturnType<ReturnType<typeof selectStatements>['execute']>>[number];
type LineRow = Awaited<ReturnType<ReturnType<typeof selectLines>['execute']>>[number];

function statementView(row: StatementRow, counts: Counts): BankStatementView {
  return {
    id: row.id,
    readLines: row.read_lines,
    newLines: row.new_lines,
    waiting: counts.new ?? 0,
    matched: counts.matched ?? 0,
    doubtful: counts.doubtful ?? 0,
    ignored: counts.ignored ?? 0,
    uploadedBy: row.uploaded_by,
    createdAt: row.created_at,
  };
}

function lineView(row: LineRow): BankLineView {
  return {
    id: row.id,
    statementId: row.statement_id,
    bookedOn: row.booked_on,
    amount: Money.of(row.amount_minor, row.currency),
    text: row.text,
    state: row.state,
    doubt: row.doubt,
    invoiceId: row.invoice_id,
    paymentId: row.payment_id,
    reason: row.reason,
  };
}
