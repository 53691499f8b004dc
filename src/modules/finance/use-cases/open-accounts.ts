import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { newId, type Id } from '../../../platform/values/id.js';
import type { AccountSpec } from '../domain/account-plan.js';
import type { LedgerAccountSchema } from '../domain/ledger.js';

type Db = Tables<typeof LedgerAccountSchema>;

/** The ids of accounts by their keys, all of them in one question; an account comes into being when it is first asked for. */
@Injectable()
export class OpenAccounts {
  constructor(private readonly em: EntityManager) {}

  async execute(specs: readonly AccountSpec[], currency: string): Promise<ReadonlyMap<string, Id>> {
    const keys = [...new Set(specs.map(({ key }) => key))];
    const found = await this.find(keys, currency);
    const missing = new Map(specs.filter(({ key }) => !found.has(key)).map((spec) => [spec.key, spec]));
    if (missing.size === 0) return found;
    await this.open([...missing.values()], currency);
    return this.find(keys, currency);
  }

  private async find(keys: readonly string[], currency: string): Promise<ReadonlyMap<string, Id>> {
    const rows = await schoolQuery<Db>(this.em)
      .selectFrom('ledger_accounts')
      .select(['id', 'account_key'])
      .where('account_key', 'in', keys)
      .where('currency', '=', currency)
      .execute();
    return new Map(rows.map(({ id, account_key }) => [account_key, id]));
  }

  /** In one order, so that two who open the same do not wait for each other in a ring. */
  private async open(specs: readonly AccountSpec[], currency: string): Promise<void> {
    const rows = specs.toSorted((one, other) => (one.key < other.key ? -1 : 1)).map((spec) => rowOf(spec, currency));
    // Somebody else may open one at the same moment: then his is ours too.
    await globalQuery<Db>(this.em)
      .insertInto('ledger_accounts')
      .values(rows)
      .onDuplicateKeyUpdate({ code: sql`ledger_accounts.code` })
      .execute();
  }
}

function rowOf(spec: AccountSpec, currency: string) {
  return {
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
    teacher_id: spec.teacherId && bin(spec.teacherId),
  };
}
