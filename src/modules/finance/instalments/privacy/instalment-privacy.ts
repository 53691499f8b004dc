import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../../platform/database/query.js';
import { type DataSubject, ExportsPersonalData } from '../../../../platform/privacy/personal-data.decorators.js';
import type { InstalmentTables } from '../instalments.tables.js';

/** What a person pays in parts: amounts and days, which stay with the invoices. While something is planned, its open charges keep him from being erased. */
@Injectable()
export class InstalmentPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('instalments')
  async export({ id }: DataSubject): Promise<unknown> {
    return schoolQuery<InstalmentTables>(this.em)
      .selectFrom('instalment_plans')
      .innerJoin('instalments', (on) =>
        on
          .onRef('instalments.school_id', '=', 'instalment_plans.school_id')
          .onRef('instalments.plan_id', '=', 'instalment_plans.id'),
      )
      .select(['instalment_plans.id as planId', 'instalments.position', 'instalments.amount_minor as amountMinor'])
      .select(['instalment_plans.currency', 'instalments.due_on as dueOn', 'instalments.state'])
      .select(['instalments.invoice_id as invoiceId', 'instalment_plans.auto_charge as autoCharge'])
      .where('instalment_plans.student_id', '=', bin(id))
      .orderBy('instalment_plans.id')
      .orderBy('instalments.position')
      .execute();
  }
}
