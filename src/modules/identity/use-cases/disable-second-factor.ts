import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import type { Id } from '../../../platform/values/id.js';
import type { IdentityTables } from '../identity.tables.js';

/** Lets somebody sign in with his password alone. For an operator who helps a person that has lost everything, too. */
@Injectable()
export class DisableSecondFactor {
  constructor(
    readonly em: EntityManager,
    private readonly audit: Audit,
  ) {}

  /** False when there was none. */
  @Transaction()
  async execute(userId: Id): Promise<boolean> {
    const db = globalQuery<IdentityTables>(this.em);
    await db.deleteFrom('recovery_codes').where('user_id', '=', bin(userId)).execute();
    const { numDeletedRows } = await db
      .deleteFrom('second_factors')
      .where('user_id', '=', bin(userId))
      .executeTakeFirstOrThrow();
    if (numDeletedRows === 0n) return false;
    await this.audit.record({ action: 'second_factor.disabled', subjectId: userId });
    return true;
  }
}
