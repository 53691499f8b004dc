import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { inPages } from '../../../platform/database/in-pages.js';
import { currentSchool, inSchool } from '../../../platform/tenancy/tenancy.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { vatCode, voucherText } from '../domain/voucher.js';
import type { JournalEntry } from '../ports/accounting-client.js';
import { beyond, type PostedTransfer, transfersInOrder } from './transfers-in-order.js';

const atOnce = 1_000;

/** The general journal of a day out of the ledger, in constant memory however long the day was. */
@Injectable()
export class JournalReader {
  constructor(private readonly em: EntityManager) {}

  /** The current school's day, some entries at a time; may be read after the request or job that asked has left its school. */
  entries(date: LocalDate): AsyncGenerator<readonly JournalEntry[]> {
    const [em, school] = [this.em.fork(), currentSchool()];
    const index = 'ledger_transfers_day';
    const transfers = inPages(atOnce, (after?: PostedTransfer) => {
      const where = after ? sql`occurred_on = ${date} AND ${beyond(after)}` : sql`occurred_on = ${date}`;
      return inSchool(school, () => transfersInOrder(em, [{ index, where }], atOnce));
    });
    return inLines(transfers);
  }
}

async function* inLines(pages: AsyncIterable<readonly PostedTransfer[]>): AsyncGenerator<readonly JournalEntry[]> {
  for await (const transfers of pages) yield transfers.flatMap(linesOf);
}

function linesOf(row: PostedTransfer): JournalEntry[] {
  const amount = Money.of(row.amount, row.currency);
  const line = { date: row.occurredOn, ...voucherText(row.source, row.sourceId, row.number) };
  return [
    { ...line, account: row.debitCode, debit: amount, credit: null, vatCode: vatCode(row.debitRate) },
    { ...line, account: row.creditCode, debit: null, credit: amount, vatCode: vatCode(row.creditRate) },
  ];
}
