import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { AccountSpec } from '../domain/account-plan.js';
import { ClosedPeriods } from '../queries/closed-periods.js';
import { LedgerTransfer, type LedgerAccountSchema, type TransferSource } from '../domain/ledger.js';

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

type Db = Tables<typeof LedgerAccountSchema>;

/** The only code that writes to the ledger. Accounts come into being with their first posting. */
@Injectable()
export class PostTransfers {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly periods: ClosedPeriods,
  ) {}

  /** Posts a voucher's amounts; a voucher is posted once (the database refuses a second time). */
  @Transaction()
  async execute(voucher: Voucher, postings: readonly Posting[]): Promise<void> {
    const occurredOn = await this.periods.openDay(voucher.occurredOn);
    for (const { debit, credit, amount } of summed(postings)) {
      if (amount.isZero) continue;
      const [from, to] = amount.isPositive ? [debit, credit] : [credit, debit];
      this.em.create(LedgerTransfer, {
        id: newId(),
        schoolId: currentSchool(),
        debitAccountId: await this.account(from, amount.currency),
        creditAccountId: await this.account(to, amount.currency),
        amountMinor: Math.abs(amount.amount),
        currency: amount.currency,
        ...voucher,
        occurredOn,
        createdAt: this.clock.now(),
      });
    }
  }

  private async account(spec: AccountSpec, currency: string): Promise<Id> {
    return (await this.findAccount(spec, currency)) ?? (await this.openAccount(spec, currency));
  }

  private async findAccount(spec: AccountSpec, currency: string): Promise<Id | undefined> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('ledger_accounts')
      .select('id')
      .where('account_key', '=', spec.key)
      .where('currency', '=', currency)
      .executeTakeFirst();
    return row?.id;
  }

  private async openAccount(spec: AccountSpec, currency: string): Promise<Id> {
    const row = {
      id: bin(newId()),
      school_id: bin(currentSchool()),
      account_key: spec.key,
      code: spec.code,
      name: spec.name,
      kind: spec.kind,
      currency,
      vat_rate_bp: spec.vatRateBp,
      student_id: spec.studentId && bin(spec.studentId),
      product_id: spec.productId && bin(spec.productId),
    };
    // Somebody else may open it at the same moment: then his is ours too.
    await globalQuery<Db>(this.em)
      .insertInto('ledger_accounts')
      .values(row)
      .onDuplicateKeyUpdate({ code: sql`code` })
      .execute();
    return (await this.findAccount(spec, currency))!;
  }
}

/** One amount for each two accounts: a voucher moves money between them once. */
function summed(postings: readonly Posting[]): Posting[] {
  const sums = new Map<string, Posting>();
  for (const posting of postings) {
    const key = `${posting.debit.key} ${posting.credit.key} ${posting.amount.currency}`;
    const sum = sums.get(key);
    sums.set(key, sum ? { ...sum, amount: sum.amount.plus(posting.amount) } : posting);
  }
  return [...sums.values()];
}
