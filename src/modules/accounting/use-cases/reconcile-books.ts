import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { checkPeriod, type Period } from '../../finance/index.js';
import { periodOf } from '../domain/candidates.js';
import { MappingMissing } from '../domain/account-words.js';
import { stillToSend } from '../domain/journal-sums.js';
import { AccountingRecord } from '../domain/record.js';
import { BooksJournals } from '../queries/books-journals.js';
import { SchoolZone } from '../queries/school-zone.js';
import { asked } from './connect-books.js';
import { OpenBooks, type OpenedBooks } from './open-books.js';
import { laterOf } from './prepare-record.js';

const moneyKinds = ['invoice', 'credit_note', 'payment', 'refund'] as const;
type MoneyKind = (typeof moneyKinds)[number];

export interface SideTotal {
  readonly count: number;
  readonly total: Money;
}

export interface KindTotals {
  readonly kind: MoneyKind;
  readonly here: SideTotal;
  readonly there: SideTotal;
  readonly same: boolean;
}

export interface BooksDifference {
  readonly recordId: Id | null;
  readonly what: string;
  readonly problem: string;
}

export interface BooksReconciliation {
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly kinds: readonly KindTotals[];
  /** The first hundreds; none when both sides say the same. */
  readonly differences: readonly BooksDifference[];
}

const listedAtMost = 200;
const askedAtMost = 50;

/** Our ledger beside the school's books: totals of a period, and what they differ by. */
@Injectable()
export class ReconcileBooks {
  constructor(
    private readonly em: EntityManager,
    private readonly open: OpenBooks,
    private readonly journals: BooksJournals,
    private readonly zones: SchoolZone,
  ) {}

  /** @throws PeriodInvalid, BooksNotConnected, BooksRefused, BooksUnavailable */
  async execute(wanted: Period): Promise<BooksReconciliation> {
    checkPeriod(wanted);
    const opened = await this.open.execute();
    const { mode, startsOn, period } = opened.connection;
    // Whole periods, for a journal is booked as one.
    const from = laterOf(periodOf(wanted.from, period)[0], startsOn);
    const [, to] = periodOf(wanted.until, period);
    const kinds = mode === 'documents' ? await this.kinds(opened, from, to) : [];
    const differences = [
      ...(await this.notBooked(opened, from, to)),
      ...(await this.changedThere(opened, kinds, from, to)),
      ...(opened.client.abilities.journals ? await this.ofJournals(opened, from, to) : []),
    ];
    return { from, until: to, kinds, differences };
  }

  private async kinds({ client, books }: OpenedBooks, from: LocalDate, to: LocalDate): Promise<KindTotals[]> {
    const [here, { documents, payments }] = [
      await this.here(from, to),
      await asked(() => client.totals(books, from, to)),
    ];
    const there = { ...documents, ...payments };
    return moneyKinds.map((kind) => {
      const same = here[kind].count === there[kind].count && here[kind].total.amount === there[kind].total.amount;
      return { kind, here: here[kind], there: there[kind], same };
    });
  }

  /** Out of the ledger itself, not out of what has a record. */
  private async here(from: LocalDate, to: LocalDate): Promise<Record<MoneyKind, SideTotal>> {
    const school = bin(currentSchool());
    const { rows } = await sql<{ kind: MoneyKind; n: number; minor: string }>`
      SELECT CASE WHEN t.source IN ('invoice', 'credit_note') THEN t.source
          WHEN credited.student_id IS NOT NULL THEN 'payment' ELSE 'refund' END AS kind,
        COUNT(DISTINCT t.source, t.source_id) AS n, SUM(IF(debited.student_id IS NULL, -t.amount_minor, t.amount_minor)) AS minor
      FROM ledger_transfers t FORCE INDEX (ledger_transfers_day)
      JOIN ledger_accounts debited ON debited.school_id = t.school_id AND debited.id = t.debit_account_id
      JOIN ledger_accounts credited ON credited.school_id = t.school_id AND credited.id = t.credit_account_id
      WHERE t.school_id = ${school} AND t.occurred_on >= ${from} AND t.occurred_on <= ${to}
        AND (debited.student_id IS NULL) <> (credited.student_id IS NULL)
      GROUP BY kind`.execute(globalQuery(this.em));
    const currency = await this.zones.currency();
    const of = (kind: MoneyKind): SideTotal => {
      const row = rows.find((each) => each.kind === kind);
      return { count: row?.n ?? 0, total: Money.of(Math.abs(Number(row?.minor ?? 0)), currency) };
    };
    return { invoice: of('invoice'), credit_note: of('credit_note'), payment: of('payment'), refund: of('refund') };
  }

  private async notBooked({ connection }: OpenedBooks, from: LocalDate, to: LocalDate): Promise<BooksDifference[]> {
    const open = await this.em.fork().find(
      AccountingRecord,
      {
        connectionId: connection.id,
        kind: { $ne: 'customer' },
        occurredOn: { $gte: periodOf(from, connection.period)[0], $lte: to },
        state: { $ne: 'booked' },
      },
      { orderBy: { id: 'asc' }, limit: listedAtMost },
    );
    return open.map((record) => difference(record, record.error ?? record.state));
  }

  /** Of the kinds that differ: which documents the books have no more, or with another total. */
  private async changedThere(
    { connection, client, books }: OpenedBooks,
    kinds: readonly KindTotals[],
    from: LocalDate,
    to: LocalDate,
  ): Promise<BooksDifference[]> {
    const differing = kinds.filter(({ same, kind }) => !same && (kind === 'invoice' || kind === 'credit_note'));
    const found: BooksDifference[] = [];
    for (const { kind } of differing) {
      const booked = await this.em
        .fork()
        .find(
          AccountingRecord,
          { connectionId: connection.id, kind, occurredOn: { $gte: from, $lte: to }, state: 'booked' },
          { orderBy: { id: 'asc' }, limit: askedAtMost },
        );
      for (const record of booked) {
        const { state, total } = await asked(() => client.status(books, kind as 'invoice', record.booksId!));
        if (state === 'missing' || state === 'voided') found.push(difference(record, `${state}_there`));
        else if (total && total.amount !== record.amountMinor) found.push(difference(record, 'amount_differs'));
      }
    }
    return found;
  }

  /** What the ledger comes to in those periods, less what their journals have said. */
  private async ofJournals(
    { connection, words }: OpenedBooks,
    from: LocalDate,
    to: LocalDate,
  ): Promise<BooksDifference[]> {
    const sent = await this.em.fork().find(AccountingRecord, {
      connectionId: connection.id,
      kind: 'journal',
      occurredOn: { $gte: periodOf(from, connection.period)[0], $lte: to },
      state: 'booked',
    });
    try {
      const here = await this.journals.sums({ from, to, mode: connection.mode }, words);
      const there = sent.flatMap((record) => record.sent ?? []);
      return stillToSend(here, there).map(({ account, vatCode, minor, currency }) => ({
        recordId: null,
        what: `account ${account}${vatCode ? ` ${vatCode}` : ''}`,
        problem: `not_in_a_journal ${Money.of(minor, currency).format('en')}`,
      }));
    } catch (error) {
      if (!(error instanceof MappingMissing)) throw error;
      return [{ recordId: null, what: `${error.kind} ${error.ours}`, problem: 'mapping_missing' }];
    }
  }
}

function difference({ id, kind, reference }: AccountingRecord, problem: string): BooksDifference {
  return { recordId: id, what: `${kind} ${reference}`, problem };
}
