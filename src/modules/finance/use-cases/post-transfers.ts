import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { AccountSpec } from '../domain/account-plan.js';
import { ClosedPeriods } from '../queries/closed-periods.js';
import { LedgerTransfer, type TransferSource } from '../domain/ledger.js';
import { OpenAccounts } from './open-accounts.js';

/** An amount from one account to another; a negative one goes the other way, nothing is left out. */
export interface Posting {
  readonly debit: AccountSpec;
  readonly credit: AccountSpec;
  readonly amount: Money;
}

export interface Voucher {
  readonly source: TransferSource;
  readonly sourceId: Id;
  /** The school's date; where the books are closed for it, the first open day is posted on. */
  readonly occurredOn: LocalDate;
}

/** The only code that writes to the ledger. Accounts come into being with their first posting. */
@Injectable()
export class PostTransfers {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly periods: ClosedPeriods,
    private readonly accounts: OpenAccounts,
  ) {}

  /** Posts a voucher's amounts; a voucher is posted once (the database refuses a second time). */
  @Transaction()
  async execute(voucher: Voucher, postings: readonly Posting[]): Promise<void> {
    const occurredOn = await this.periods.openDay(voucher.occurredOn);
    for (const [currency, sums] of Map.groupBy(summed(postings), ({ amount }) => amount.currency)) {
      const accounts = await this.accounts.execute(
        sums.flatMap(({ debit, credit }) => [debit, credit]),
        currency,
      );
      for (const { debit, credit, amount } of sums) {
        const [from, to] = amount.isPositive ? [debit, credit] : [credit, debit];
        this.em.create(LedgerTransfer, {
          id: newId(),
          schoolId: currentSchool(),
          debitAccountId: accounts.get(from.key)!,
          creditAccountId: accounts.get(to.key)!,
          amountMinor: Math.abs(amount.amount),
          currency,
          ...voucher,
          occurredOn,
          createdAt: this.clock.now(),
        });
      }
    }
  }
}

/** One amount for each two accounts, none that is zero: a voucher moves money between them once. */
function summed(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>();
  for (const posting of postings) {
    const key = `${posting.debit.key} ${posting.credit.key} ${posting.amount.currency}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, amount: sum.amount.plus(posting.amount) } : posting);
  }
  return [...sums.values()].filter(({ amount }) => !amount.isZero);
}
