import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  code,
  currency,
  id,
  instant,
  int,
  localDate,
  schoolScoped,
  text,
} from '../../../../platform/database/columns.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import { DomainEvent } from '../../../../platform/outbox/event.js';

export const bankLineStates = ['new', 'matched', 'doubtful', 'ignored'] as const;
export type BankLineState = (typeof bankLineStates)[number];

/** Why nobody but a person can say what a line is. */
export const bankDoubts = ['unknown', 'amount_only', 'amount_differs', 'several'] as const;
export type BankDoubt = (typeof bankDoubts)[number];

export const BankStatementSchema = defineEntity({
  name: 'BankStatement',
  tableName: 'bank_statements',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    readLines: int(),
    /** Those that no earlier file had. */
    newLines: int(),
    uploadedBy: id(),
    createdAt: instant(),
  },
  uniques: [{ name: 'bank_statements_school_id', properties: ['schoolId', 'id'] }],
});

/** A file of the bank's. */
export class BankStatement extends BankStatementSchema.class {}
BankStatementSchema.setClass(BankStatement);

export const BankLineSchema = defineEntity({
  name: 'BankLine',
  tableName: 'bank_lines',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    statementId: id(),
    hash: text(64).columnType('char(64)'),
    bookedOn: localDate(),
    amountMinor: amount(),
    currency: currency(),
    text: text(500).nullable(),
    state: code<BankLineState>(),
    doubt: code<BankDoubt>().nullable(),
    /** The invoice that it paid, or seems to be for. */
    invoiceId: id().nullable(),
    paymentId: id().nullable(),
    reason: text(200).nullable(),
    decidedBy: id().nullable(),
    decidedAt: instant().nullable(),
  },
  uniques: [
    { name: 'bank_lines_school_id', properties: ['schoolId', 'id'] },
    { name: 'bank_lines_once', properties: ['schoolId', 'hash'] },
    { name: 'bank_lines_payment', properties: ['schoolId', 'paymentId'] },
  ],
  indexes: [
    { name: 'bank_lines_statement', properties: ['schoolId', 'statementId', 'state', 'id'] },
    { name: 'bank_lines_state', properties: ['schoolId', 'state', 'id'] },
    { name: 'bank_lines_invoice', properties: ['schoolId', 'invoiceId'] },
    { name: 'bank_lines_decided', properties: ['decidedAt'] },
  ],
});

/** Money that came to the school's account: it becomes a payment once, or somebody says that it is none. */
export class BankLine extends BankLineSchema.class {
  get amount(): Money {
    return Money.of(this.amountMinor, this.currency);
  }

  match(invoiceId: Id, paymentId: Id, by: Id | null, at: Date): void {
    Object.assign(this, { state: 'matched', doubt: null, invoiceId, paymentId, decidedBy: by, decidedAt: at });
  }

  doubtAbout(doubt: BankDoubt, invoiceId: Id | null): void {
    Object.assign(this, { state: 'doubtful', doubt, invoiceId });
  }

  ignore(reason: string, by: Id, at: Date): void {
    Object.assign(this, { state: 'ignored', reason, decidedBy: by, decidedAt: at });
  }
}
BankLineSchema.setClass(BankLine);

/** A file of the bank's has been taken in; its lines wait to be matched. */
export class BankStatementUploaded extends DomainEvent<{ statementId: Id }> {
  static override readonly eventName = 'finance.bank_statement_uploaded';
}
