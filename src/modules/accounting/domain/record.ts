import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  code,
  currency,
  id,
  instant,
  int,
  json,
  localDate,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import type { TransferSource } from '../../finance/index.js';
import type { Booked, BooksRecordKind } from '../ports/accounting-client.js';
import type { JournalSum } from './journal-sums.js';

export const recordKinds = ['customer', 'invoice', 'credit_note', 'payment', 'refund', 'journal'] as const;

/** What must be there before the next may refer to it. */
export const stepOf = Object.fromEntries(recordKinds.map((kind, step) => [kind, step])) as Record<
  BooksRecordKind,
  number
>;

export const recordStates = ['waiting', 'sending', 'unknown', 'failed', 'booked'] as const;
export type RecordState = (typeof recordStates)[number];

export type VoucherState = 'none' | 'wanted' | 'attached';

export const AccountingRecordSchema = defineEntity({
  name: 'AccountingRecord',
  tableName: 'accounting_records',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    connectionId: id(),
    kind: code<BooksRecordKind>(),
    step: int(),
    /** Ours: what it is looked up by in the books. */
    reference: text(60).collation('ascii_bin'),
    /** What the ledger calls it; null for customers and journals. */
    source: code<TransferSource>().nullable(),
    /** The invoice, the payment, the student …; null for journals. */
    subjectId: id().nullable(),
    studentId: id().nullable(),
    /** A journal's first day. */
    occurredOn: localDate(),
    /** A journal's last day, elsewhere the same. */
    untilOn: localDate(),
    amountMinor: amount(),
    currency: currency(),
    state: code<RecordState>(),
    booksId: text(190).nullable(),
    booksNumber: text(100).nullable(),
    voucher: code<VoucherState>(),
    /** Of a customer: what was sent of him, so that a change is seen. */
    contentHash: text(64).collation('ascii_bin').nullable(),
    /** Of a journal: what it says, from the moment that it was first sent. */
    sent: json<readonly JournalSum[]>().nullable(),
    attempts: int(),
    /** Null: nothing is to be done, or somebody has to say so. */
    nextTryAt: instant().nullable(),
    /** Another record that has to be booked first. */
    waitsFor: id().nullable(),
    error: text(300).nullable(),
    createdAt: instant(),
    bookedAt: instant().nullable(),
  },
  uniques: [
    { name: 'accounting_records_school_id', properties: ['schoolId', 'id'] },
    { name: 'accounting_records_once', properties: ['schoolId', 'connectionId', 'kind', 'reference'] },
  ],
  indexes: [
    { name: 'accounting_records_subject', properties: ['schoolId', 'kind', 'subjectId'] },
    { name: 'accounting_records_student', properties: ['schoolId', 'studentId'] },
    { name: 'accounting_records_due', properties: ['connectionId', 'nextTryAt', 'step', 'id'] },
    { name: 'accounting_records_waiting', properties: ['connectionId', 'waitsFor'] },
    { name: 'accounting_records_day', properties: ['schoolId', 'connectionId', 'kind', 'occurredOn'] },
    { name: 'accounting_records_list', properties: ['schoolId', 'connectionId', 'id'] },
    { name: 'accounting_records_state', properties: ['schoolId', 'connectionId', 'state', 'id'] },
  ],
});

const firstPauseMs = 60_000;
const longestPauseMs = 6 * 3_600_000;

/** A record that does not say what it is of: nothing can be made of it. */
export class SubjectMissing extends Error {
  constructor() {
    super('subject_missing');
  }
}

/** One thing that goes to the books once. Whatever is not known for certain is looked up before it is sent again. */
export class AccountingRecord extends AccountingRecordSchema.class {
  /** From now on it may be there: whoever comes next looks it up. */
  send(now: Date): void {
    this.state = 'sending';
    this.attempts += 1;
    this.nextTryAt = now;
  }

  /** @returns false when it was known before */
  book({ booksId, number }: Pick<Booked, 'booksId' | 'number'>, at: Date): boolean {
    if (this.state === 'booked') return false;
    Object.assign(this, { state: 'booked', booksId, booksNumber: number, bookedAt: at, error: null, waitsFor: null });
    this.attempts = 0;
    this.nextTryAt = this.voucher === 'wanted' ? at : null;
    return true;
  }

  voucherAttached(): void {
    Object.assign(this, { voucher: 'attached', nextTryAt: null, attempts: 0, error: null });
  }

  /** Somebody has to do something about it. What is booked stays booked: then it is its voucher that is not taken. */
  fail(reason: string): void {
    if (this.state !== 'booked') this.state = 'failed';
    Object.assign(this, { error: reason.slice(0, 300), nextTryAt: null });
  }

  /** Nobody knows: it is looked up later, ever more seldom. */
  lose(reason: string, now: Date): void {
    if (this.state !== 'booked') this.state = 'unknown';
    this.error = reason.slice(0, 300);
    const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, this.attempts - 1));
    this.nextTryAt = new Date(now.getTime() + pause);
  }

  /** It was certainly not sent; it waits its turn. */
  putBack(at: Date): void {
    if (this.state !== 'booked') this.state = 'waiting';
    this.nextTryAt = at;
  }

  /** What it says has changed since: it is sent again, to the one that is there. */
  putAgain(now: Date): void {
    Object.assign(this, { state: 'waiting', nextTryAt: now });
  }

  /** Until that record is booked. */
  waitFor(other: { readonly id: string }): void {
    Object.assign(this, { state: 'waiting', waitsFor: other.id, nextTryAt: null });
  }

  /** @returns false when nothing is wrong with it */
  retry(now: Date): boolean {
    const voucherFailed = this.state === 'booked' && this.voucher === 'wanted';
    if (!voucherFailed && this.state !== 'failed' && this.state !== 'unknown') return false;
    // What was refused was not taken; what is unknown stays so, and is looked up.
    if (this.state === 'failed') this.state = this.attempts > 0 ? 'unknown' : 'waiting';
    this.nextTryAt = now;
    return true;
  }
}
AccountingRecordSchema.setClass(AccountingRecord);
