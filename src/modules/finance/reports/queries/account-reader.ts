import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { type Asked, byAge, is, isIdOf, List } from '../../../../platform/database/list.js';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import { NotFound } from '../../../../platform/http/problem.js';
import { mapPage, type Page } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { Money } from '../../../../platform/values/money.js';
import type { AccountKind } from '../../domain/account-plan.js';
import type { LedgerAccountSchema } from '../../domain/ledger.js';

export class AccountNotFound extends NotFound {
  constructor() {
    super('ledger.account_not_found', {
      en: 'There is no such account. List the accounts to see which there are.',
      da: 'Kontoen findes ikke. Hent listen over konti for at se, hvilke der er.',
    });
  }
}

export interface AccountView {
  readonly id: Id;
  readonly key: string;
  readonly code: string;
  readonly name: string;
  readonly kind: AccountKind;
  readonly vatRateBp: number | null;
  readonly studentId: Id | null;
  readonly productId: Id | null;
  /** Debit less credit, of all time. */
  readonly balance: Money;
}

export const accountList = new List({
  sorts: { createdAt: byAge },
  defaultSort: 'createdAt',
  filters: { kind: is<AccountKind>('kind'), studentId: isIdOf('student_id') },
});

/** The school's accounts with what stands on them. */
@Injectable()
export class AccountReader {
  constructor(private readonly em: EntityManager) {}

  async list(asked: Asked<typeof accountList>): Promise<Page<AccountView>> {
    return mapPage(await accountList.page(selectAccounts(this.em), asked), view);
  }

  /** @throws AccountNotFound */
  async mustBeThere(id: Id): Promise<void> {
    const accounts = schoolQuery<Tables<typeof LedgerAccountSchema>>(this.em).selectFrom('ledger_accounts');
    const found = await accounts.select('id').where('id', '=', bin(id)).executeTakeFirst();
    if (!found) throw new AccountNotFound();
  }
}

function selectAccounts(em: EntityManager) {
  return schoolQuery<Tables<typeof LedgerAccountSchema>>(em)
    .selectFrom('ledger_accounts')
    .select(['id', 'account_key', 'code', 'name', 'kind', 'currency', 'vat_rate_bp', 'student_id', 'product_id'])
    .select([standing('debit').as('debit'), standing('credit').as('credit')]);
}

function standing(side: 'debit' | 'credit') {
  return sql<number>`(SELECT COALESCE(SUM(t.amount_minor), 0) FROM ledger_transfers t
    WHERE t.school_id = ledger_accounts.school_id AND ${sql.ref(`t.${side}_account_id`)} = ledger_accounts.id)`;
}

type Row = Awaited<ReturnType<ReturnType<typeof selectAccounts>['execute']>>[number];

function view(row: Row): AccountView {
  return {
    id: row.id,
    key: row.account_key,
    code: row.code,
    name: row.name,
    kind: row.kind,
    vatRateBp: row.vat_rate_bp,
    studentId: row.student_id,
    productId: row.product_id,
    balance: Money.of(row.debit - row.credit, row.currency),
  };
}
