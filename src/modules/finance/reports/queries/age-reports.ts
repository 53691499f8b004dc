import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { inPages } from '../../../../platform/database/in-pages.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { Clock } from '../../../../platform/values/clock.js';
import { currentSchool, inSchool } from '../../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { addDays, localDate, type LocalDate } from '../../../../platform/values/zone.js';
import type { ChargeSchema } from '../../domain/charge.js';
import type { InvoiceLineSchema } from '../../domain/invoice-line.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import { SellerReader } from '../../queries/seller-reader.js';
import { ageBuckets, type AgeBucket } from '../domain/period.js';

type Db = Tables<typeof ChargeSchema | typeof InvoiceSchema | typeof InvoiceLineSchema>;

export interface AgeRow extends AgeBucket {
  readonly amount: Money;
  /** Of invoices, or of charges. */
  readonly count: number;
}

export interface AgeReport {
  readonly on: LocalDate;
  readonly buckets: readonly AgeRow[];
  readonly total: Money;
}

export interface OverdueInvoice {
  readonly id: Id;
  readonly number: number;
  readonly studentId: Id;
  readonly dueOn: LocalDate;
  readonly outstanding: Money;
}

interface Today {
  readonly on: LocalDate;
  readonly currency: string;
}

const atOnce = 1_000;
const outstanding = sql<number>`gross_minor - paid_minor - credited_minor - written_off_minor`;

/** What is owed to the school, and by the school in lessons, by how old it is today. */
@Injectable()
export class AgeReports {
  constructor(
    private readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly sellers: SellerReader,
  ) {}

  /** Invoices that are overdue, by days since they fell due. */
  async arrears(): Promise<AgeReport> {
    const { on, currency } = await this.today();
    const buckets: AgeRow[] = [];
    for (const bucket of ageBuckets) {
      const rows = this.overdue(this.em, currency, on).where('due_on', '<=', addDays(on, -bucket.fromDays));
      const { amount, count } = await (
        bucket.toDays === null ? rows : rows.where('due_on', '>=', addDays(on, -bucket.toDays))
      )
        .select([sql<number>`coalesce(sum(${outstanding}), 0)`.as('amount'), sql<number>`count(*)`.as('count')])
        .executeTakeFirstOrThrow();
      buckets.push({ ...bucket, amount: Money.of(amount, currency), count });
    }
    return reportOf(on, buckets, currency);
  }

  /** Invoiced, without VAT, and not delivered yet, by days since it was invoiced. */
  async deferredRevenue(): Promise<AgeReport> {
    const { on, currency } = await this.today();
    const days = await schoolQuery<Db>(this.em)
      .selectFrom('charges')
      .innerJoin('invoices', (join) =>
        join.onRef('invoices.school_id', '=', 'charges.school_id').onRef('invoices.id', '=', 'charges.invoice_id'),
      )
      .innerJoin('invoice_lines', (join) =>
        join
          .onRef('invoice_lines.school_id', '=', 'charges.school_id')
          .onRef('invoice_lines.charge_id', '=', 'charges.id'),
      )
      .where('charges.delivered', '=', false)
      .where('charges.currency', '=', currency)
      .select([
        'invoices.issued_on as day',
        sql<number>`sum(invoice_lines.net_minor)`.as('amount'),
        sql<number>`count(distinct charges.id)`.as('count'),
      ])
      .groupBy('invoices.issued_on')
      .execute();
    const buckets = ageBuckets.map((bucket) => {
      const inside = days.filter(({ day }) => isWithin(bucket, day, on));
      const sum = (key: 'amount' | 'count') => inside.reduce((total, row) => total + row[key], 0);
      return { ...bucket, amount: Money.of(sum('amount'), currency), count: sum('count') };
    });
    return reportOf(on, buckets, currency);
  }

  /** Each overdue invoice, the oldest debt first, some at a time, in constant memory; may be read after the request has left its school. */
  async overdueInvoices(): Promise<AsyncGenerator<readonly OverdueInvoice[]>> {
    const [em, school, today] = [this.em.fork(), currentSchool(), await this.today()];
    return inPages(atOnce, (after?: OverdueInvoice) =>
      inSchool(school, async () => {
        const rows = await this.overduePage(em, today, after);
        return rows.map(({ amount, number, ...row }) => ({
          ...row,
          number: number!,
          outstanding: Money.of(amount, today.currency),
        }));
      }),
    );
  }

  private overduePage(em: EntityManager, { on, currency }: Today, after: OverdueInvoice | undefined) {
    return this.overdue(em, currency, on)
      .select(['id', 'number', 'student_id as studentId', 'due_on as dueOn', outstanding.as('amount')])
      .$if(after !== undefined, (query) =>
        query
          .where('due_on', '>=', after!.dueOn)
          .where((row) => row.or([row('due_on', '>', after!.dueOn), row('id', '>', bin(after!.id))])),
      )
      .orderBy('due_on')
      .orderBy('id')
      .limit(atOnce)
      .execute();
  }

  private overdue(em: EntityManager, currency: string, on: LocalDate) {
    return schoolQuery<Db>(em)
      .selectFrom('invoices')
      .where('state', '=', 'issued')
      .where('kind', '=', 'invoice')
      .where('currency', '=', currency)
      .where('due_on', '<', on);
  }

  private async today(): Promise<Today> {
    const { zone, currency } = await this.sellers.terms();
    return { on: localDate(this.clock.now(), zone), currency };
  }
}

function isWithin({ fromDays, toDays }: AgeBucket, day: LocalDate, on: LocalDate): boolean {
  return day <= addDays(on, -fromDays) && (toDays === null || day >= addDays(on, -toDays));
}

function reportOf(on: LocalDate, buckets: readonly AgeRow[], currency: string): AgeReport {
  const total = Money.sum(
    buckets.map(({ amount }) => amount),
    currency,
  );
  return { on, buckets, total };
}
