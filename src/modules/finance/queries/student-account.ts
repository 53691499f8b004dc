import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import type { Actor } from '../../../platform/auth/actor.js';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import { OwnStudents } from '../../students/index.js';
import { receivables } from '../domain/account-plan.js';
import type { LedgerAccountSchema, LedgerTransferSchema } from '../domain/ledger.js';
import { SellerReader } from './seller-reader.js';

export interface StudentAccountView {
  readonly studentId: Id;
  /** What the student owes; negative when he has money to his credit. */
  readonly balance: Money;
}

type Db = Tables<typeof LedgerAccountSchema | typeof LedgerTransferSchema>;

/** A student's account, out of the ledger. */
@Injectable()
export class StudentAccount {
  constructor(
    private readonly em: EntityManager,
    private readonly ownStudents: OwnStudents,
    private readonly sellers: SellerReader,
  ) {}

  /** In the school's currency. @throws StudentNotFound */
  async of(actor: Actor, studentId: Id): Promise<StudentAccountView> {
    await this.ownStudents.get(actor, studentId);
    return { studentId, balance: await this.balanceOf(studentId) };
  }

  /** For callers that have checked already who is asking. */
  async balanceOf(studentId: Id): Promise<Money> {
    const { currency } = await this.sellers.terms();
    const account = await schoolQuery<Db>(this.em)
      .selectFrom('ledger_accounts')
      .select('id')
      .where('account_key', '=', receivables(studentId).key)
      .where('currency', '=', currency)
      .executeTakeFirst();
    const owed = account
      ? (await this.sum('debit_account_id', account.id)) - (await this.sum('credit_account_id', account.id))
      : 0;
    return Money.of(owed, currency);
  }

  private async sum(side: 'debit_account_id' | 'credit_account_id', account: Id): Promise<number> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('ledger_transfers')
      .select(sql<number>`coalesce(sum(amount_minor), 0)`.as('total'))
      .where(side, '=', bin(account))
      .executeTakeFirstOrThrow();
    return row.total;
  }
}
