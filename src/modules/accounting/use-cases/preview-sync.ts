import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { inTransaction } from '../../../platform/database/transaction.js';
import { decodeCursor, type Page, pageOf } from '../../../platform/http/paging.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { MappingMissing } from '../domain/account-words.js';
import { AccountingRecord, SubjectMissing } from '../domain/record.js';
import type { BooksRecordKind } from '../ports/accounting-client.js';
import { SchoolZone } from '../queries/school-zone.js';
import { OpenBooks, type OpenedBooks } from './open-books.js';
import { PrepareRecord } from './prepare-record.js';
import { ScanLedger } from './scan-ledger.js';

export interface PreviewItem {
  readonly kind: BooksRecordKind;
  readonly reference: string;
  readonly date: LocalDate;
  readonly amount: Money;
  /** The account, VAT rate or product that the school has not mapped; `subject` of a record that does not say what it is of. */
  readonly missing: string | null;
  /** What has to be booked first. */
  readonly waitsFor: string | null;
  /** What goes to the books; null while something is missing. */
  readonly content: object | null;
}

/** Of the ledger that has no records yet, so that a first look at years of it stays a look. */
const pagesAhead = 4;

/** Carries the answer out of a transaction that leaves nothing behind. */
class TakenBack<T> extends Error {
  constructor(readonly answer: T) {
    super('a dry run leaves nothing behind');
  }
}

/** A dry run: the very same steps up to the sending, all of them taken back. */
@Injectable()
export class PreviewSync {
  constructor(
    private readonly em: EntityManager,
    private readonly open: OpenBooks,
    private readonly scan: ScanLedger,
    private readonly prepare: PrepareRecord,
    private readonly zones: SchoolZone,
  ) {}

  /** @throws BooksNotConnected, InvalidRequest naming `cursor` */
  async execute({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<Page<PreviewItem>> {
    const opened = await this.open.execute();
    const after = decodeCursor(cursor, { step: 'number', reference: 'string' });
    const zone = await this.zones.current();
    try {
      return await inTransaction(this.em, async () => {
        await this.scan.execute(opened.connection, zone, pagesAhead);
        throw new TakenBack(await this.page(opened, after, limit));
      });
    } catch (error) {
      if (error instanceof TakenBack) return error.answer as Page<PreviewItem>;
      throw error;
    }
  }

  private async page(
    opened: OpenedBooks,
    after: { step: number; reference: string } | null,
    limit: number,
  ): Promise<Page<PreviewItem>> {
    const { id: connectionId } = opened.connection;
    const beyond = after && {
      $or: [{ step: { $gt: after.step } }, { step: after.step, reference: { $gt: after.reference } }],
    };
    const records = await this.em
      .fork({ keepTransactionContext: true })
      .find(
        AccountingRecord,
        { connectionId, state: { $ne: 'booked' }, ...beyond },
        { orderBy: { step: 'asc', reference: 'asc' }, limit: limit + 1 },
      );
    const { items, nextCursor } = pageOf(records, limit, ({ step, reference }) => ({ step, reference }));
    const shown: PreviewItem[] = [];
    for (const record of items) shown.push(await this.item(record, opened));
    return { items: shown, nextCursor };
  }

  private async item(record: AccountingRecord, opened: OpenedBooks): Promise<PreviewItem> {
    const { kind, reference, occurredOn: date, amountMinor, currency } = record;
    const common = { kind, reference, date, amount: Money.of(amountMinor, currency) };
    try {
      const prepared = await this.prepare.execute(record, opened);
      if (prepared === 'nothing') return { ...common, missing: null, waitsFor: null, content: null };
      const first = 'waitsFor' in prepared ? prepared.waitsFor : null;
      const waitsFor = first && `${first.kind} ${first.reference}`;
      return { ...common, missing: null, waitsFor, content: prepared.payload };
    } catch (error) {
      return { ...common, missing: missingIn(error), waitsFor: null, content: null };
    }
  }
}

function missingIn(error: unknown): string {
  if (error instanceof SubjectMissing) return 'subject';
  if (error instanceof MappingMissing) return `${error.kind} ${error.ours}`;
  throw error;
}
