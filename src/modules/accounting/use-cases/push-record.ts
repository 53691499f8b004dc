import { Injectable, Logger } from '@nestjs/common';
import { ProviderUnavailable } from '../../../platform/ports/provider-errors.js';
import { Clock } from '../../../platform/values/clock.js';
import { MappingMissing } from '../domain/account-words.js';
import { type AccountingRecord, SubjectMissing } from '../domain/record.js';
import { type BookedOrNot, BooksDisconnected } from '../ports/accounting-client.js';
import { JournalMoved } from '../queries/books-journals.js';
import type { OpenedBooks } from './open-books.js';
import { type Prepared, PrepareRecord } from './prepare-record.js';
import { RecordSteps } from './record-steps.js';
import { LeaseLost } from './sync-lease.js';

/** What a found one leaves undone (a settlement) is completed by sending it again. */
const completedBySending: readonly AccountingRecord['kind'][] = ['credit_note', 'payment', 'refund'];

/** Sends one record: intent, look-up where it may be there already, call, outcome. */
@Injectable()
export class PushRecord {
  private readonly logger = new Logger(PushRecord.name);

  constructor(
    private readonly clock: Clock,
    private readonly prepare: PrepareRecord,
    private readonly steps: RecordSteps,
  ) {}

  /** @throws ProviderUnavailable, BooksDisconnected, LeaseLost: then nothing else is to be sent either */
  async execute(
    record: AccountingRecord,
    opened: OpenedBooks,
    leaseId: OpenedBooks['connection']['id'],
  ): Promise<void> {
    const { closedThrough, provider } = opened.connection;
    if (record.state === 'booked') return this.attach(record, opened);
    if (record.kind !== 'customer' && closedThrough && record.occurredOn <= closedThrough)
      return this.steps.fail(record.id, 'period_closed');
    const prepared = await this.prepared(record, opened);
    if (!prepared) return;
    const maybeThere = record.state !== 'waiting';
    await this.steps.begin(record.id, record.connectionId, leaseId, prepared.keep);
    const answer = await this.answer(record, opened, prepared, maybeThere);
    if (answer) await this.steps.end(record.id, answer, provider);
  }

  private async prepared(record: AccountingRecord, opened: OpenedBooks): Promise<Prepared | null> {
    try {
      const prepared = await this.prepare.execute(record, opened);
      if (prepared === 'nothing') await this.steps.drop(record.id);
      else if ('waitsFor' in prepared) await this.steps.wait(record.id, prepared);
      else return prepared;
    } catch (error) {
      if (!(error instanceof MappingMissing || error instanceof SubjectMissing)) throw error;
      await this.steps.fail(record.id, error.message);
    }
    return null;
  }

  private async answer(
    record: AccountingRecord,
    { client, books }: OpenedBooks,
    prepared: Prepared,
    maybeThere: boolean,
  ): Promise<BookedOrNot | null> {
    try {
      // Whether a customer of that number is ours is told by who puts him there: others' are not taken for him.
      const lookUp = maybeThere && record.kind !== 'customer';
      const found = lookUp ? await client.find(books, record.kind, record.reference) : null;
      if (found && !completedBySending.includes(record.kind)) return found;
      return await prepared.send();
    } catch (error) {
      if (isMoved(error)) {
        await this.steps.forget(record.id);
        return null;
      }
      return this.unclear(record, error, maybeThere);
    }
  }

  private async unclear(record: AccountingRecord, error: unknown, maybeThere: boolean): Promise<BookedOrNot> {
    if (error instanceof LeaseLost) throw error;
    if (error instanceof ProviderUnavailable || error instanceof BooksDisconnected) {
      // It was not done now; whether it was before is as open as it was.
      const at = error instanceof ProviderUnavailable ? error.againInMs : 0;
      await this.steps.putBack(record.id, new Date(this.clock.now().getTime() + at), maybeThere);
      throw error;
    }
    this.logger.warn({ err: error, recordId: record.id }, 'nobody knows whether it is in the books');
    return { outcome: 'unknown', reason: nameOf(error) };
  }

  private async attach(record: AccountingRecord, { client, books }: OpenedBooks): Promise<void> {
    const of = { kind: record.kind, booksId: record.booksId! };
    try {
      const answer = await client.attachVoucher(books, of, await this.prepare.voucher(record));
      await this.steps.voucherEnded(record.id, answer);
    } catch (error) {
      if (error instanceof ProviderUnavailable || error instanceof BooksDisconnected) throw error;
      await this.steps.voucherEnded(record.id, { outcome: 'unknown', reason: nameOf(error) });
    }
  }
}

/** A file store wraps what its content failed with. */
function isMoved(error: unknown): boolean {
  return error instanceof JournalMoved || (error instanceof Error && error.cause instanceof JournalMoved);
}

/** Its kind alone: a message may tell of somebody. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name || error.constructor.name : 'error';
}
