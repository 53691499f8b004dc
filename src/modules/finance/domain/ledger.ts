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
} from '../../../platform/database/columns.js';
import type { AccountKind } from './account-plan.js';

export const LedgerAccountSchema = defineEntity({
  name: 'LedgerAccount',
  tableName: 'ledger_accounts',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    accountKey: text(120),
    code: text(10),
    name: text(100),
    kind: code<AccountKind>(),
    currency: currency(),
    vatRateBp: int().nullable(),
    studentId: id().nullable(),
    productId: id().nullable(),
    teacherId: id().nullable(),
  },
  uniques: [
    { name: 'ledger_accounts_school_id', properties: ['schoolId', 'id'] },
    { name: 'ledger_accounts_key', properties: ['schoolId', 'accountKey', 'currency'] },
  ],
  indexes: [
    { name: 'ledger_accounts_kind', properties: ['schoolId', 'kind', 'id'] },
    { name: 'ledger_accounts_student', properties: ['schoolId', 'studentId'] },
  ],
});

/** An account of a school's ledger in one currency; receivables have one for each student. */
export class LedgerAccount extends LedgerAccountSchema.class {}
LedgerAccountSchema.setClass(LedgerAccount);

export const transferSources = [
  'invoice',
  'credit_note',
  'payment',
  'payment_reversal',
  'refund',
  'refund_failure',
  'delivery',
  'delivery_reversal',
  'cash_difference',
  'write_off',
  'write_off_reversal',
  'cash_banked',
  'dispute',
  'dispute_reversal',
  'gateway_fee',
  'payout',
  'gateway_posting',
] as const;
export type TransferSource = (typeof transferSources)[number];

export const LedgerTransferSchema = defineEntity({
  name: 'LedgerTransfer',
  tableName: 'ledger_transfers',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    debitAccountId: id(),
    creditAccountId: id(),
    amountMinor: amount(),
    currency: currency(),
    occurredOn: localDate(),
    source: code<TransferSource>(),
    sourceId: id(),
    createdAt: instant(),
  },
  uniques: [
    {
      name: 'ledger_transfers_once',
      properties: ['schoolId', 'source', 'sourceId', 'debitAccountId', 'creditAccountId'],
    },
  ],
  indexes: [
    { name: 'ledger_transfers_age', properties: ['schoolId', 'id'] },
    { name: 'ledger_transfers_day', properties: ['schoolId', 'occurredOn', 'id'] },
    { name: 'ledger_transfers_debit', properties: ['schoolId', 'debitAccountId', 'occurredOn', 'id', 'amountMinor'] },
    { name: 'ledger_transfers_credit', properties: ['schoolId', 'creditAccountId', 'occurredOn', 'id', 'amountMinor'] },
  ],
});

/** An amount moved from one account to another. Append-only: the database refuses to change or delete it. */
export class LedgerTransfer extends LedgerTransferSchema.class {}
LedgerTransferSchema.setClass(LedgerTransfer);
