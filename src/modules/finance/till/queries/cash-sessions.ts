import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byAge, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, bins, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { CashMovementSchema, CashSessionSchema, CashTillSchema, MovementKind } from '../domain/cash-till.js';
import { CashSessionNotFound } from '../domain/till-problems.js';

export interface CashTillView {
  readonly id: Id;
  readonly name: string;
  /** Null while it is closed. */
  readonly openSessionId: Id | null;
}

export interface CashSessionView {
  readonly id: Id;
  readonly tillId: Id;
  readonly float: Money;
  readonly taken: Money;
  readonly reversed: Money;
  readonly refunded: Money;
  readonly banked: Money;
  /** What should be in it. */
  readonly expected: Money;
  readonly counted: Money | null;
  readonly difference: Money | null;
  readonly note: string | null;
  readonly openedBy: Id;
  readonly openedAt: Date;
  readonly closedBy: Id | null;
  readonly closedAt: Date | null;
}

export interface CashMovementView {
  readonly id: Id;
  readonly kind: MovementKind;
  readonly subjectId: Id;
  readonly amount: Money;
  readonly at: Date;
}

export const cashTillList = new List({ id: 'cash_tills.id', sorts: { createdAt: byAge }, defaultSort: 'createdAt' });

export const cashSessionList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { tillId: isIdOf('till_id') },
});

export const cashMovementList = new List({ sorts: { createdAt: byAge }, defaultSort: 'createdAt' });

type Db = Tables<typeof CashTillSchema | typeof CashSessionSchema | typeof CashMovementSchema>;

/** Tills, how each was opened and counted, and what went through it. */
@Injectable()
export class CashSessions {
  constructor(private readonly em: EntityManager) {}

  async tills(asked: Asked<typeof cashTillList>): Promise<Page<CashTillView>> {
    const tills = schoolQuery<Db>(this.em)
      .selectFrom('cash_tills')
      .leftJoin('cash_sessions', (join) =>
        join
          .onRef('cash_sessions.school_id', '=', 'cash_tills.school_id')
          .onRef('cash_sessions.open_for', '=', 'cash_tills.id'),
      )
      .select(['cash_tills.id', 'cash_tills.name', 'cash_sessions.id as openSessionId']);
    return cashTillList.page(tills, asked);
  }

  async list(asked: Asked<typeof cashSessionList>): Promise<Page<CashSessionView>> {
    const page = await cashSessionList.page(selectSessions(this.em), asked);
    const totals = await this.totals(page.items.map(({ id }) => id));
    return mapPage(page, (row) => view(row, totals.get(row.id) ?? {}));
  }

  /** @throws CashSessionNotFound */
  async get(id: Id): Promise<CashSessionView> {
    const row = await selectSessions(this.em).where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new CashSessionNotFound();
    return view(row, (await this.totals([id])).get(id) ?? {});
  }

  /** @throws CashSessionNotFound */
  async movements(sessionId: Id, asked: Asked<typeof cashMovementList>): Promise<Page<CashMovementView>> {
    const session = await this.get(sessionId);
    const rows = schoolQuery<Db>(this.em)
      .selectFrom('cash_movements')
      .select(['id', 'kind', 'subject_id', 'amount_minor', 'created_at'])
      .where('session_id', '=', bin(sessionId));
    return mapPage(await cashMovementList.page(rows, asked), (row) => ({
      id: row.id,
      kind: row.kind,
      subjectId: row.subject_id,
      amount: Money.of(row.amount_minor, session.float.currency),
      at: row.created_at,
    }));
  }

  private async totals(sessionIds: readonly Id[]): Promise<Map<Id, Totals>> {
    const totals = new Map<Id, Totals>();
    if (sessionIds.length === 0) return totals;
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('cash_movements')
      .select(['session_id', 'kind', sql<number>`sum(amount_minor)`.as('total')])
      .where('session_id', 'in', bins(sessionIds))
      .groupBy(['session_id', 'kind'])
      .execute();
    for (const { session_id: id, kind, total } of rows) totals.set(id, { ...totals.get(id), [kind]: total });
    return totals;
  }
}

function selectSessions(em: EntityManager) {
  return schoolQuery<Db>(em)
    .selectFrom('cash_sessions')
    .select(['id', 'till_id', 'currency', 'float_minor', 'expected_minor', 'counted_minor', 'note'])
    .select(['opened_by', 'opened_at', 'closed_by', 'closed_at']);
}

type Totals = Partial<Record<MovementKind, number>>;
type SessionRow = Awaited<ReturnType<ReturnType<typeof selectSessions>['execute']>>[number];

function view(row: SessionRow, { payment = 0, reversal = 0, refund = 0, banked = 0 }: Totals): CashSessionView {
  const money = (minor: number) => Money.of(minor, row.currency);
  const counted = row.counted_minor === null ? null : money(row.counted_minor);
  const expected = money(row.float_minor + payment + reversal + refund + banked);
  return {
    id: row.id,
    tillId: row.till_id,
    float: money(row.float_minor),
    taken: money(payment),
    reversed: money(-reversal),
    refunded: money(-refund),
    banked: money(-banked),
    expected,
    counted,
    difference: counted && counted.minus(expected),
    note: row.note,
    openedBy: row.opened_by,
    openedAt: row.opened_at,
    closedBy: row.closed_by,
    closedAt: row.closed_at,
  };
}
