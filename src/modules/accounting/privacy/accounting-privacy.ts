import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery } from '../../../platform/database/query.js';
import { type DataSubject, ExportsPersonalData } from '../../../platform/privacy/personal-data.decorators.js';
import type { AccountingTables } from '../accounting.tables.js';

/** What went to the school's bookkeeping of a student: ids, numbers and amounts, kept as long as the books are. */
@Injectable()
export class AccountingPrivacy {
  constructor(private readonly em: EntityManager) {}

  @ExportsPersonalData('bookkeeping')
  records({ id }: DataSubject): Promise<unknown> {
    return schoolQuery<AccountingTables>(this.em)
      .selectFrom('accounting_records')
      .innerJoin('accounting_connections', (join) =>
        join
          .onRef('accounting_connections.school_id', '=', 'accounting_records.school_id')
          .onRef('accounting_connections.id', '=', 'accounting_records.connection_id'),
      )
      .select(['accounting_connections.provider', 'accounting_records.kind', 'accounting_records.reference'])
      .select(['occurred_on as date', 'amount_minor as amountMinor', 'currency', 'accounting_records.state'])
      .select(['books_id as booksId', 'booked_at as bookedAt'])
      .where('accounting_records.student_id', '=', bin(id))
      .orderBy('accounting_records.id')
      .execute();
  }
}
