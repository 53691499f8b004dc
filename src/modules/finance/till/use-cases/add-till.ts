import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../../platform/audit/audit.js';
import { Transaction } from '../../../../platform/database/transaction.js';
import { currentSchool } from '../../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../../platform/values/clock.js';
import { newId, type Id } from '../../../../platform/values/id.js';
import { CashTill } from '../domain/cash-till.js';

/** Gives the school another till. */
@Injectable()
export class AddTill {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @returns the till's id */
  @Transaction()
  async execute(name: string): Promise<Id> {
    const id = newId();
    this.em.create(CashTill, { id, schoolId: currentSchool(), name, createdAt: this.clock.now() });
    await this.em.flush();
    await this.audit.record({ action: 'cash_till.added', subjectId: id });
    return id;
  }
}
