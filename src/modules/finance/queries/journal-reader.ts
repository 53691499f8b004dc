import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { currentSchool, inSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { InvoiceSchema } from '../domain/invoice.js';
import type { LedgerAccountSchema, LedgerTransferSchema } from '../domain/ledger.js';
import { vatCode, voucherText } from '../domain/voucher.js';
import type { JournalEntry } from '../ports/accounting-client.js';

type Db = Tables<typeof InvoiceSchema | typeof LedgerAccountSchema | typeof LedgerTransferSchema>;

const atOnce = 1_000;

/** The general journal of a day out of the ledger, in constant memory however long the day was. */
@Injectable()
export class JournalReader {
  constructor(private readonly em: EntityManager) {}

  /** The current school's day; may be read after the request or job that asked has left its school. */
  entries(date: LocalDate): AsyncGenerator<JournalEntry> {
    return this.read(this.em.fork(), currentSchool(), date);
  }

  private async *read(em: EntityManager, schoolId: Id, date: LocalDate): AsyncGenerator<JournalEntry> {
    let last: Id | null = null;
    for (;;) {
      const after: Id | null = last;
      const rows: Row[] = await inSchool(schoolId, () => chunk(em, date, after));
      for (const row of rows) yield* linesOf(row);
      if (rows.length < atOnce) return;
      last = rows.at(-1)!.id;
    }
  }
}

function chunk(em: EntityManager, date: LocalDate, after: Id | null) {
  const transfers = schoolQuery<Db>(em)
    .selectFrom('ledger_transfers')
    .innerJoin('ledger_accounts as debited', (join) =>
      join
        .onRef('debited.school_id', '=', 'ledger_transfers.school_id')
        .onRef('debited.id', '=', 'ledger_transfers.debit_account_id'),
    )
    .innerJoin('ledger_accounts as credited', (join) =>
      join
        .onRef('credited.school_id', '=', 'ledger_transfers.school_id')
        .onRef('credited.id', '=', 'ledger_transfers.credit_account_id'),
    )
    .leftJoin('invoices', (join) =>
      join
        .onRef('invoices.school_id', '=', 'ledger_transfers.school_id')
        .onRef('invoices.id', '=', 'ledger_transfers.source_id'),
    )
    .where('occurred_on', '=', date)
    .select([
      'ledger_transfers.id',
      'amount_minor',
      'ledger_transfers.currency',
      'occurred_on',
      'source',
      'source_id',
      'number',
    ])
    .select(['debited.code as debit_code', 'debited.vat_rate_bp as debit_rate'])
    .select(['credited.code as credit_code', 'credited.vat_rate_bp as credit_rate'])
    .orderBy('ledger_transfers.id')
    .limit(atOnce);
  return (after ? transfers.where('ledger_transfers.id', '>', bin(after)) : transfers).execute();
}

type Row = Awaited<ReturnType<typeof chunk>>[number];

function linesOf(row: Row): JournalEntry[] {
  const amount = Money.of(row.amount_minor, row.currency);
  const line = { date: row.occurred_on, ...voucherText(row.source, row.source_id, row.number) };
  return [
    { ...line, account: row.debit_code, debit: amount, credit: null, vatCode: vatCode(row.debit_rate) },
    { ...line, account: row.credit_code, debit: null, credit: amount, vatCode: vatCode(row.credit_rate) },
  ];
}
