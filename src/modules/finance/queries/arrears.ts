import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, schoolQuery, type Tables } from '../../../platform/database/query.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { InvoiceSchema } from '../domain/invoice.js';
import { StudentAccount } from './student-account.js';

/** What a student should have paid by now. */
@Injectable()
export class Arrears {
  constructor(
    private readonly em: EntityManager,
    private readonly accounts: StudentAccount,
  ) {}

  /** Of invoices that fell due before that date, less what stands to his credit. @param above the ledger is asked only beyond this */
  async of(studentId: Id, today: LocalDate, above = 0): Promise<number> {
    const { overdue } = await schoolQuery<Tables<typeof InvoiceSchema>>(this.em)
      .selectFrom('invoices')
      .select(
        sql<number>`coalesce(sum(gross_minor - paid_minor - credited_minor - written_off_minor), 0)`.as('overdue'),
      )
      .where('student_id', '=', bin(studentId))
      .where('kind', '=', 'invoice')
      .where('state', '=', 'issued')
      .where('due_on', '<', today)
      .executeTakeFirstOrThrow();
    if (overdue <= above) return overdue;
    const balance: Money = await this.accounts.balanceOf(studentId);
    return Math.max(0, Math.min(overdue, balance.amount));
  }
}
