import { createHash } from 'node:crypto';
import type { Booked, BooksAccount } from '../../modules/accounting/index.js';
import type { Money } from '../../platform/values/money.js';

/** What tells ours from what people have typed in. */
export const note = 'Just Driving';

export interface QuickbooksRecord {
  readonly Id: string;
  readonly SyncToken?: string;
  readonly DocNumber?: string;
  readonly PrivateNote?: string;
  readonly TxnDate?: string;
}

export interface QuickbooksDocument extends QuickbooksRecord {
  readonly TotalAmt: number;
  /** What is due of an invoice. */
  readonly Balance?: number;
  readonly RemainingCredit?: number;
}

export const inUnits = ({ amount }: Money): number => amount / 100;

/** A number may have 21 characters. */
export const journalNumber = (reference: string): string =>
  `JD${createHash('sha256').update(reference).digest('hex').slice(0, 18)}`;

export function toBooked({ Id, DocNumber }: QuickbooksRecord): Booked {
  return { outcome: 'booked', booksId: Id, number: DocNumber ?? null };
}

const kinds: Readonly<Record<string, BooksAccount['kind']>> = {
  Bank: 'bank',
  Revenue: 'revenue',
  Expense: 'expense',
  Liability: 'liability',
  Equity: 'equity',
};

export function accountOf(account: {
  Id: string;
  Name: string;
  AccountType: string;
  Classification?: string;
}): BooksAccount {
  const { Id: code, Name: name, AccountType, Classification = '' } = account;
  return { code, name, kind: kinds[AccountType] ?? kinds[Classification] ?? 'asset' };
}
