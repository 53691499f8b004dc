import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, type Tables } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { InvoiceCounterSchema } from '../domain/settings.js';

type Db = Tables<typeof InvoiceCounterSchema>;

/**
 * The school's next number, without gaps: the counter's row stays locked until the transaction ends, and a rollback gives it back.
 * So call it last.
 */
@Injectable()
export class TakeInvoiceNumber {
  constructor(private readonly em: EntityManager) {}

  async execute(): Promise<number> {
    assertTransaction('an invoice number');
    // What LAST_INSERT_ID() is given comes back with the answer, so nobody waits for the counter while we read it.
    const { insertId } = await globalQuery<Db>(this.em)
      .insertInto('invoice_counters')
      .values({ school_id: bin(currentSchool()), last_number: sql<number>`LAST_INSERT_ID(1)` })
      .onDuplicateKeyUpdate({ last_number: sql<number>`LAST_INSERT_ID(last_number + 1)` })
      .executeTakeFirstOrThrow();
    return Number(insertId);
  }
}
