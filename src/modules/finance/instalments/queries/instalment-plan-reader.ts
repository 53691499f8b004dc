import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../../platform/auth/actor.js';
import { type Asked, byAge, is, List } from '../../../../platform/database/list.js';
import { bin, bins, schoolQuery } from '../../../../platform/database/query.js';
import type { Page } from '../../../../platform/http/paging.js';
import { Clock } from '../../../../platform/values/clock.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { localDate, type LocalDate } from '../../../../platform/values/zone.js';
import { ofStudents, OwnStudents } from '../../../students/index.js';
import { SellerReader } from '../../queries/seller-reader.js';
import type { InstalmentPlanState } from '../domain/instalment-plan.js';
import { InstalmentPlanNotFound } from '../domain/instalment-problems.js';
import { type InstalmentStanding, outstandingOf, standingOf } from '../domain/instalment-standing.js';
import type { InstalmentTables } from '../instalments.tables.js';

export interface InstalmentView {
  readonly id: Id;
  readonly position: number;
  readonly dueOn: LocalDate;
  readonly amount: Money;
  /** Of what is not invoiced yet: what is still to be. */
  readonly outstanding: Money;
  readonly state: InstalmentStanding;
  readonly issueOn: LocalDate | null;
  readonly invoiceId: Id | null;
  readonly nextChargeOn: LocalDate | null;
}

export interface InstalmentPlanView {
  readonly id: Id;
  readonly studentId: Id;
  readonly state: InstalmentPlanState;
  readonly total: Money;
  readonly issueDaysBefore: number;
  readonly autoCharge: boolean;
  readonly callInAfterMissed: number;
  readonly restInvoiceId: Id | null;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
  readonly instalments: readonly InstalmentView[];
}

export const instalmentPlanList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: { state: is<InstalmentPlanState>('state') },
});

export type InstalmentPlansAsked = Asked<typeof instalmentPlanList> & { readonly studentId?: Id };

/** Instalment plans, with how each instalment stands. */
@Injectable()
export class InstalmentPlanReader {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly students: OwnStudents,
    private readonly sellers: SellerReader,
  ) {}

  /** @throws StudentNotFound */
  async list(actor: Actor, asked: InstalmentPlansAsked): Promise<Page<InstalmentPlanView>> {
    const reach = await this.students.asked(actor, asked.studentId);
    const { items, nextCursor } = await instalmentPlanList.page(this.plans.where(ofStudents(reach)), asked);
    return { items: await this.views(items), nextCursor };
  }

  /** @throws InstalmentPlanNotFound also when it is somebody else's */
  async get(actor: Actor, id: Id): Promise<InstalmentPlanView> {
    const own = this.plans.where('id', '=', bin(id)).where(ofStudents(await this.students.of(actor)));
    const row = await own.executeTakeFirst();
    if (!row) throw new InstalmentPlanNotFound();
    return (await this.views([row]))[0]!;
  }

  private async views(rows: readonly Row[]): Promise<InstalmentPlanView[]> {
    if (rows.length === 0) return [];
    const today = localDate(this.clock.now(), (await this.sellers.terms()).zone);
    const instalments = await this.instalments(rows.map(({ id }) => id));
    return rows.map(({ student_id, total_minor, currency, issue_days_before, auto_charge, ...row }) => ({
      id: row.id,
      studentId: student_id,
      state: row.state,
      total: Money.of(total_minor, currency),
      issueDaysBefore: issue_days_before,
      autoCharge: auto_charge,
      callInAfterMissed: row.call_in_after_missed,
      restInvoiceId: row.rest_invoice_id,
      createdAt: row.created_at,
      endedAt: row.ended_at,
      instalments: instalments
        .filter(({ plan_id }) => plan_id === row.id)
        .map((each) => instalmentView(each, currency, today)),
    }));
  }

  /** Of all of them in one question. */
  private instalments(planIds: readonly Id[]) {
    return schoolQuery<InstalmentTables>(this.em)
      .selectFrom('instalments')
      .leftJoin('invoices', (on) =>
        on
          .onRef('invoices.school_id', '=', 'instalments.school_id')
          .onRef('invoices.id', '=', 'instalments.invoice_id'),
      )
      .select(['instalments.id', 'plan_id', 'position', 'instalments.due_on', 'amount_minor', 'instalments.state'])
      .select(['issue_on', 'invoice_id', 'next_charge_on', 'invoices.state as invoice_state'])
      .select(sql<number | null>`gross_minor - paid_minor - credited_minor - written_off_minor`.as('unpaid'))
      .select(
        sql<number | string>`(SELECT COALESCE(SUM(c.gross_minor), 0) FROM charges c
          WHERE c.school_id = instalments.school_id AND c.instalment_id = instalments.id AND c.state = 'open')`.as(
          'open',
        ),
      )
      .where('plan_id', 'in', bins(planIds))
      .orderBy('plan_id')
      .orderBy('position')
      .execute();
  }

  private get plans() {
    return schoolQuery<InstalmentTables>(this.em)
      .selectFrom('instalment_plans')
      .select(['id', 'student_id', 'state', 'total_minor', 'currency', 'issue_days_before', 'auto_charge'])
      .select(['call_in_after_missed', 'rest_invoice_id', 'created_at', 'ended_at']);
  }
}

type Row = Awaited<ReturnType<InstalmentPlanReader['plans']['execute']>>[number];
type InstalmentRow = Awaited<ReturnType<InstalmentPlanReader['instalments']>>[number];

function instalmentView(row: InstalmentRow, currency: string, today: LocalDate): InstalmentView {
  const found = {
    state: row.state,
    dueOn: row.due_on,
    open: Number(row.open),
    invoice: row.invoice_state && { state: row.invoice_state, unpaid: Number(row.unpaid) },
  };
  return {
    id: row.id,
    position: row.position,
    dueOn: row.due_on,
    amount: Money.of(row.amount_minor, currency),
    outstanding: Money.of(outstandingOf(found), currency),
    state: standingOf(found, today),
    issueOn: row.issue_on,
    invoiceId: row.invoice_id,
    nextChargeOn: row.next_charge_on,
  };
}
