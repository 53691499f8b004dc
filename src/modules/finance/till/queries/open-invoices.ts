import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { bin, schoolQuery, type Tables } from '../../../../platform/database/query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { InvoiceSchema } from '../../domain/invoice.js';

// Nobody has more open ones; what is left then is his credit.
const atMost = 500;

/** A student's invoices that want money, in the order in which it is given to them. */
@Injectable()
export class OpenInvoices {
  constructor(private readonly em: EntityManager) {}

  /** The first due comes first; of those due the same day the first issued. */
  async of(studentId: Id): Promise<Id[]> {
    const rows = await schoolQuery<Tables<typeof InvoiceSchema>>(this.em)
      .selectFrom('invoices')
      .select(['id'])
      .where('student_id', '=', bin(studentId))
      .where('kind', '=', 'invoice')
      .where('state', '=', 'issued')
      .orderBy('due_on')
      .orderBy('id')
      .limit(atMost)
      .execute();
    return rows.map(({ id }) => id);
  }
}
