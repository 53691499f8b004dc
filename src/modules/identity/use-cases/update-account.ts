import { EntityManager, LockMode } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import type { Id } from '../../../platform/values/id.js';
import { type AccountChange, User } from '../domain/user.js';
import { type Account, AccountReader } from '../queries/account-reader.js';

/** Changes what somebody is called, his phone number and his language. What a school has written down of him is the school's. */
@Injectable()
export class UpdateAccount {
  constructor(
    readonly em: EntityManager,
    private readonly reader: AccountReader,
    private readonly audit: Audit,
  ) {}

  @Transaction()
  async execute(userId: Id, change: AccountChange): Promise<Account> {
    const user = await this.em.findOneOrFail(User, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    await assertAsSeen(() => this.reader.of(userId));
    const fields = changedFields(user, change);
    user.change(change);
    await this.em.flush();
    await this.audit.record({ action: 'account.updated', subjectId: userId, details: { fields } });
    return this.reader.of(userId);
  }
}
