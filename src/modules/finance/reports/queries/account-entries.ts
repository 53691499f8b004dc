import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { inPages } from '../../../../platform/database/in-pages.js';
import { bin } from '../../../../platform/database/query.js';
import { decodeCursor, madeUpCursor, type Page, pageOf } from '../../../../platform/http/paging.js';
import { currentSchool, inSchool } from '../../../../platform/tenancy/tenancy.js';
import { type Id, isId } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { TransferSource } from '../../domain/ledger.js';
import { voucherText } from '../../domain/voucher.js';
import { beyond, type PostedTransfer, type TransferPlace, transfersInOrder } from '../../queries/transfers-in-order.js';
import type { Period } from '../domain/period.js';
import { AccountReader } from './account-reader.js';

export interface AccountEntry {
  readonly id: Id;
  readonly occurredOn: LocalDate;
  readonly source: TransferSource;
  readonly sourceId: Id;
  readonly voucher: string;
  readonly text: string;
  readonly debit: Money | null;
  readonly credit: Money | null;
  /** The number of the account on the other side. */
  readonly against: string;
}

export interface EntriesAsked extends Period {
  readonly limit: number;
  readonly cursor?: string;
}

const atOnce = 1_000;

/** What was posted on one account, in the order of its days. */
@Injectable()
export class AccountEntries {
  constructor(
    private readonly em: EntityManager,
    private readonly accounts: AccountReader,
  ) {}

  /** @throws AccountNotFound, InvalidRequest naming `cursor` */
  async page(accountId: Id, { limit, cursor, ...period }: EntriesAsked): Promise<Page<AccountEntry>> {
    await this.accounts.mustBeThere(accountId);
    const rows = await entries(this.em, accountId, period, placeOf(cursor), limit + 1);
    return pageOf(rows, limit, ({ occurredOn, id }) => ({ day: occurredOn, id }));
  }

  /** All of a period, some at a time, in constant memory; may be read after the request has left its school. @throws AccountNotFound */
  async all(accountId: Id, period: Period): Promise<AsyncGenerator<readonly AccountEntry[]>> {
    await this.accounts.mustBeThere(accountId);
    const [em, school] = [this.em.fork(), currentSchool()];
    return inPages(atOnce, (after?: TransferPlace) =>
      inSchool(school, () => entries(em, accountId, period, after, atOnce)),
    );
  }
}

/** Each side by its own index, and of both together the first. */
async function entries(
  em: EntityManager,
  accountId: Id,
  { from, until }: Period,
  after: TransferPlace | undefined,
  limit: number,
): Promise<AccountEntry[]> {
  const since = after && after.occurredOn >= from ? beyond(after) : sql`occurred_on >= ${from}`;
  const sides = (['debit', 'credit'] as const).map((side) => ({
    index: `ledger_transfers_${side}` as const,
    where: sql`${sql.ref(`${side}_account_id`)} = ${bin(accountId)} AND ${since} AND occurred_on <= ${until}`,
  }));
  const transfers = await transfersInOrder(em, sides, limit);
  return transfers.map(entryOf);
}

function entryOf(transfer: PostedTransfer): AccountEntry {
  const { id, occurredOn, source, sourceId, number, debitCode, creditCode } = transfer;
  const amount = Money.of(transfer.amount, transfer.currency);
  const isDebit = transfer.isDebit === 1;
  return {
    id,
    occurredOn,
    source,
    sourceId,
    ...voucherText(source, sourceId, number),
    debit: isDebit ? amount : null,
    credit: isDebit ? null : amount,
    against: isDebit ? creditCode : debitCode,
  };
}

/** @throws InvalidRequest naming `cursor` when it is not one of ours */
function placeOf(cursor: string | undefined): TransferPlace | undefined {
  const key = decodeCursor(cursor, { day: 'string', id: 'string' });
  if (!key) return undefined;
  if (isId(key.id) && /^\d{4}-\d\d-\d\d$/.test(key.day) && !Number.isNaN(Date.parse(key.day)))
    return { occurredOn: key.day, id: key.id };
  throw madeUpCursor();
}
