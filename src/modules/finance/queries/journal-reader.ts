import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { inPages } from '../../../platform/database/in-pages.js';
import { currentSchool, inSchool } from '../../../platform/tenancy/tenancy.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { vatCode, voucherText } from '../domain/voucher.js';
import type { JournalEntry } from '../domain/journal-entry.js';
import { beyond, type PostedTransfer, transfersInOrder } from './transfers-in-order.js';

const atOnce = 1_000;

/** The general journal of a day out of the ledger, in constant memory however long the day was. */
@Injectable()
export class JournalReader {
  constructor(private readonly em: EntityManager) {}

  /** The current school's days, both ends included, some entries at a time; may be read after whoever asked has left his school. */
  entries(from: LocalDate, to: LocalDate = from): AsyncGenerator<readonly JournalEntry[]> {
    return inLines(this.transfers(from, to));
  }

  /** The same before each is turned into its two lines. */
  transfers(from: LocalDate, to: LocalDate): AsyncGenerator<readonly PostedTransfer[]> {
    const [em, school] = [this.em.fork(), currentSchool()];
    const index = 'ledger_transfers_day';
    return inPages(atOnce, (after?: PostedTransfer) => {
      // The beginning is the last row's day, so that what comes before is not read again.
      const days = sql`occurred_on >= ${after?.occurredOn ?? from} AND occurred_on <= ${to}`;
      const where = after ? sql`${days} AND ${beyond(after)}` : days;
      return inSchool(school, () => transfersInOrder(em, [{ index, where }], atOnce));
    });
  }
}

async function* inLines(pages: AsyncIterable<readonly PostedTransfer[]>): AsyncGenerator<readonly JournalEntry[]> {
  for await (const transfers of pages) yield transfers.flatMap(linesOf);
}

/** The debit and the credit of a transfer. */
export function linesOf(row: PostedTransfer): [JournalEntry, JournalEntry] {
  const amount = Money.of(row.amount, row.currency);
  const line = { date: row.occurredOn, ...voucherText(row.source, row.sourceId, row.number) };
  return [
    { ...line, account: row.debitCode, debit: amount, credit: null, vatCode: vatCode(row.debitRate) },
    { ...line, account: row.creditCode, debit: null, credit: amount, vatCode: vatCode(row.creditRate) },
  ];
}
