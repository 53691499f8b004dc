import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { inPages, readAhead } from '../../../platform/database/in-pages.js';
import { currentSchool, inSchool } from '../../../platform/tenancy/tenancy.js';
import { Money } from '../../../platform/values/money.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { vatCode, voucherText } from '../domain/voucher.js';
import type { JournalEntry } from '../domain/journal-entry.js';
import { beyond, type PostedTransfer, transfersInOrder } from './transfers-in-order.js';

const atOnce = 1_000;

/** What books call an account and its VAT. @param productId whose sales the account holds */
export type AccountNaming = (
  code: string,
  rateBp: number | null,
  productId: Id | null,
) => Pick<JournalEntry, 'account' | 'vatCode'>;

const asOurs: AccountNaming = (code, rateBp) => ({ account: code, vatCode: vatCode(rateBp) });

/** The general journal of a day out of the ledger, in constant memory however long the day was. */
@Injectable()
export class JournalReader {
  constructor(private readonly em: EntityManager) {}

  /** The current school's days, both ends included, some entries at a time; may be read after whoever asked has left his school. */
  entries(from: LocalDate, to: LocalDate = from, naming = asOurs): AsyncGenerator<readonly JournalEntry[]> {
    return inLines(this.transfers(from, to), naming);
  }

  private transfers(from: LocalDate, to: LocalDate): AsyncGenerator<readonly PostedTransfer[]> {
    const [em, school] = [this.em.fork(), currentSchool()];
    const index = 'ledger_transfers_day';
    const pages = inPages(atOnce, (after?: PostedTransfer) => {
      // The beginning is the last row's day, so that what comes before is not read again.
      const days = sql`occurred_on >= ${after?.occurredOn ?? from} AND occurred_on <= ${to}`;
      const where = after ? sql`${days} AND ${beyond(after)}` : days;
      return inSchool(school, () => transfersInOrder(em, [{ index, where }], atOnce));
    });
    return readAhead(pages);
  }
}

async function* inLines(
  pages: AsyncIterable<readonly PostedTransfer[]>,
  naming: AccountNaming,
): AsyncGenerator<readonly JournalEntry[]> {
  for await (const transfers of pages) yield transfers.flatMap((transfer) => linesOf(transfer, naming));
}

/** The debit and the credit of a transfer. */
function linesOf(row: PostedTransfer, naming: AccountNaming): [JournalEntry, JournalEntry] {
  const amount = Money.of(row.amount, row.currency);
  const { voucher, text } = voucherText(row.source, row.sourceId, row.number);
  const debited = naming(row.debitCode, row.debitRate, row.debitProductId);
  const credited = naming(row.creditCode, row.creditRate, row.creditProductId);
  const date = row.occurredOn;
  return [
    { date, voucher, account: debited.account, text, debit: amount, credit: null, vatCode: debited.vatCode },
    { date, voucher, account: credited.account, text, debit: null, credit: amount, vatCode: credited.vatCode },
  ];
}
