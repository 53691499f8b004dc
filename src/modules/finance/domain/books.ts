import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instant, localDate, schoolScoped, text } from '../../../platform/database/columns.js';
import type { Id } from '../../../platform/values/id.js';

export const LedgerBooksSchema = defineEntity({
  name: 'LedgerBooks',
  tableName: 'ledger_books',
  ...schoolScoped,
  properties: {
    schoolId: id().primary(),
    /** Nothing is posted on this day or before; null while nothing has been closed. */
    closedThrough: localDate().nullable(),
  },
});

/** How far a school's books are closed. Who posts shares the row until he commits, who closes has it alone. */
export class LedgerBooks extends LedgerBooksSchema.class {}
LedgerBooksSchema.setClass(LedgerBooks);

export const LedgerClosingSchema = defineEntity({
  name: 'LedgerClosing',
  tableName: 'ledger_closings',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    closedThrough: localDate(),
    closedBy: id(),
    closedAt: instant(),
    reopenedBy: id().nullable(),
    reopenedAt: instant().nullable(),
    reopenReason: text(500).nullable(),
  },
  uniques: [{ name: 'ledger_closings_school_id', properties: ['schoolId', 'id'] }],
});

export interface Reopening {
  readonly by: Id;
  readonly at: Date;
  readonly reason: string;
}

/** One closing of the books; it stands until it is reopened. */
export class LedgerClosing extends LedgerClosingSchema.class {
  static of(row: InferEntity<typeof LedgerClosingSchema>): LedgerClosing {
    return Object.assign(new LedgerClosing(), row);
  }

  get stands(): boolean {
    return !this.reopenedAt;
  }

  reopen({ by, at, reason }: Reopening): void {
    this.reopenedBy = by;
    this.reopenedAt = at;
    this.reopenReason = reason;
  }
}
LedgerClosingSchema.setClass(LedgerClosing);
