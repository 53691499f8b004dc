import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { decodeCursor, encodeCursor, madeUpCursor, type Page } from '../../../../platform/http/paging.js';
import { currentSchool, inSchool } from '../../../../platform/tenancy/tenancy.js';
import { type Id, isId } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import type { InvoiceSchema } from '../../domain/invoice.js';
import type { LedgerAccountSchema, LedgerTransferSchema, TransferSource } from '../../domain/ledger.js';
import { voucherText } from '../../domain/voucher.js';
import type { Period } from '../domain/period.js';
import { AccountReader } from './account-reader.js';

type Db = Tables<typeof InvoiceSchema | typeof LedgerAccountSchema | typeof LedgerTransferSchema>;
type Side = 'debit' | 'credit';

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

interface Position {
  readonly day: LocalDate;
  readonly id: Id;
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
    await this.accounts.get(accountId);
    const rows = await entries(this.em, accountId, period, positionOf(cursor), limit + 1);
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    const nextCursor = rows.length > limit && last ? encodeCursor({ day: last.occurredOn, id: last.id }) : null;
    return { items, nextCursor };
  }

  /** All of a period, in constant memory; may be read after the request has left its school. @throws AccountNotFound */
  async all(accountId: Id, period: Period): Promise<AsyncGenerator<AccountEntry>> {
    await this.accounts.get(accountId);
    return read(this.em.fork(), currentSchool(), accountId, period);
  }
}

async function* read(em: EntityManager, schoolId: Id, accountId: Id, period: Period): AsyncGenerator<AccountEntry> {
  for (let last: AccountEntry | undefined, full = true; full;) {
    const after = last && { day: last.occurredOn, id: last.id };
    const rows = await inSchool(schoolId, () => entries(em, accountId, period, after, atOnce));
    yield* rows;
    last = rows.at(-1);
    full = rows.length === atOnce;
  }
}

/** Each side by its own index, and of both together the first. */
async function entries(em: EntityManager, accountId: Id, period: Period, after: Position | undefined, limit: number) {
  const sides = await Promise.all(
    (['debit', 'credit'] as const).map(async (side) => {
      const rows = await sideOf(em, side, accountId, period, after, limit);
      return rows.map((row) => entryOf(row, side));
    }),
  );
  return sides.flat().sort(inOrder).slice(0, limit);
}

function sideOf(
  em: EntityManager,
  side: Side,
  accountId: Id,
  period: Period,
  after: Position | undefined,
  limit: number,
) {
  const other = side === 'debit' ? 'credit' : 'debit';
  return schoolQuery<Db>(em)
    .selectFrom('ledger_transfers')
    .innerJoin('ledger_accounts as other', (join) =>
      join
        .onRef('other.school_id', '=', 'ledger_transfers.school_id')
        .onRef('other.id', '=', `ledger_transfers.${other}_account_id`),
    )
    .leftJoin('invoices', (join) =>
      join
        .onRef('invoices.school_id', '=', 'ledger_transfers.school_id')
        .onRef('invoices.id', '=', 'ledger_transfers.source_id'),
    )
    .select(['ledger_transfers.id', 'occurred_on', 'source', 'source_id', 'amount_minor', 'number'])
    .select(['ledger_transfers.currency', 'other.code as against'])
    .where(`ledger_transfers.${side}_account_id`, '=', bin(accountId))
    .where('occurred_on', '>=', after && after.day > period.from ? after.day : period.from)
    .where('occurred_on', '<=', period.until)
    .$if(after !== undefined, (query) =>
      query.where((row) =>
        row.or([row('occurred_on', '>', after!.day), row('ledger_transfers.id', '>', bin(after!.id))]),
      ),
    )
    .orderBy('occurred_on')
    .orderBy('ledger_transfers.id')
    .limit(limit)
    .execute();
}

type Row = Awaited<ReturnType<typeof sideOf>>[number];

function entryOf(row: Row, side: Side): AccountEntry {
  const amount = Money.of(row.amount_minor, row.currency);
  return {
    id: row.id,
    occurredOn: row.occurred_on,
    source: row.source,
    sourceId: row.source_id,
    ...voucherText(row.source, row.source_id, row.number),
    debit: side === 'debit' ? amount : null,
    credit: side === 'credit' ? amount : null,
    against: row.against,
  };
}

function inOrder(a: AccountEntry, b: AccountEntry): number {
  if (a.occurredOn !== b.occurredOn) return a.occurredOn < b.occurredOn ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** @throws InvalidRequest naming `cursor` when it is not one of ours */
function positionOf(cursor: string | undefined): Position | undefined {
  const key = decodeCursor(cursor, { day: 'string', id: 'string' });
  if (!key) return undefined;
  if (isId(key.id) && /^\d{4}-\d\d-\d\d$/.test(key.day) && !Number.isNaN(Date.parse(key.day)))
    return { day: key.day, id: key.id };
  throw madeUpCursor();
}
