import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { type Asked, byAge, is, isIdOf, List } from '../../../platform/database/list.js';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { mapPage, type Page } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { AccountingTables } from '../accounting.tables.js';
import { AccountingRecordNotFound } from '../domain/accounting-problems.js';
import type { RecordState, VoucherState } from '../domain/record.js';
import type { BooksRecordKind } from '../ports/accounting-client.js';
import type { BooksFileKind } from '../ports/books-files.js';

/** Which books: those of today, or some that the school had before. */
export interface RecordBooksView {
  readonly connectionId: Id;
  readonly provider: string;
  readonly companyName: string | null;
  readonly connected: boolean;
}

export interface AccountingRecordView {
  readonly id: Id;
  readonly books: RecordBooksView;
  readonly kind: BooksRecordKind;
  readonly reference: string;
  readonly subjectId: Id | null;
  readonly date: LocalDate;
  readonly amount: Money;
  readonly state: RecordState;
  readonly booksId: string | null;
  readonly booksNumber: string | null;
  readonly voucher: VoucherState;
  readonly attempts: number;
  readonly nextTryAt: Date | null;
  readonly error: string | null;
  readonly bookedAt: Date | null;
}

export interface AccountingFileView {
  readonly id: Id;
  readonly name: string;
  readonly kind: BooksFileKind;
  readonly date: LocalDate;
  readonly bytes: number;
  readonly sha256: string;
  readonly createdAt: Date;
}

export const accountingRecordList = new List({
  sorts: { createdAt: byAge },
  defaultSort: '-createdAt',
  filters: {
    state: is<RecordState>('state'),
    kind: is<BooksRecordKind>('kind'),
    connectionId: isIdOf('connection_id'),
  },
});
export const accountingFileList = new List({ sorts: { createdAt: byAge }, defaultSort: '-createdAt' });

/** What has been sent to the books, or waits to be. */
@Injectable()
export class RecordReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof accountingRecordList>): Promise<Page<AccountingRecordView>> {
    const page = await accountingRecordList.page(this.select(), asked);
    const books = await this.books();
    return mapPage(page, (row) => viewOf(row, books));
  }

  /** @throws AccountingRecordNotFound */
  async get(id: Id): Promise<AccountingRecordView> {
    const row = await this.select().where('id', '=', bin(id)).executeTakeFirst();
    if (!row) throw new AccountingRecordNotFound();
    return viewOf(row, await this.books());
  }

  async files(asked: Asked<typeof accountingFileList>): Promise<Page<AccountingFileView>> {
    const files = schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_files')
      .select(['id', 'name', 'kind', 'occurred_on as date', 'bytes', 'sha256', 'created_at as createdAt'])
      .where('file_id', 'is not', null);
    return accountingFileList.page(files, asked);
  }

  /** A school has few. */
  private async books(): Promise<ReadonlyMap<Id, RecordBooksView>> {
    const rows = await schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_connections')
      .select(['id', 'provider', 'company_name', 'state'])
      .execute();
    return new Map(
      rows.map(({ id: connectionId, provider, company_name: companyName, state }) => [
        connectionId,
        { connectionId, provider, companyName, connected: state === 'connected' },
      ]),
    );
  }

  private select() {
    return schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_records')
      .select([
        'id',
        'connection_id',
        'kind',
        'reference',
        'subject_id',
        'occurred_on',
        'amount_minor',
        'currency',
        'state',
      ])
      .select(['books_id', 'books_number', 'voucher', 'attempts', 'next_try_at', 'error', 'booked_at']);
  }
}

type Row = Awaited<ReturnType<ReturnType<RecordReader['select']>['execute']>>[number];

function viewOf(row: Row, books: ReadonlyMap<Id, RecordBooksView>): AccountingRecordView {
  return {
    id: row.id,
    books: books.get(row.connection_id)!,
    kind: row.kind,
    reference: row.reference,
    subjectId: row.subject_id,
    date: row.occurred_on,
    amount: Money.of(row.amount_minor, row.currency),
    state: row.state,
    booksId: row.books_id,
    booksNumber: row.books_number,
    voucher: row.voucher,
    attempts: row.attempts,
    nextTryAt: row.next_try_at,
    error: row.error,
    bookedAt: row.booked_at,
  };
}
