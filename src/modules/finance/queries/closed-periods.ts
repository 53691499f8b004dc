import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery, schoolQuery, type Tables } from '../../../platform/database/query.js';
import { assertTransaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { addDays, type LocalDate } from '../../../platform/values/zone.js';
import type { LedgerBooksSchema } from '../domain/books.js';

type Db = Tables<typeof LedgerBooksSchema>;

/** Which days may still be posted on. An answer holds until the transaction ends: whoever closes the books waits for it. */
@Injectable()
export class ClosedPeriods {
  constructor(private readonly em: EntityManager) {}

  /** That day; where the books are closed for it, the first day after that. */
  async openDay(wanted: LocalDate): Promise<LocalDate> {
    const through = await this.through();
    return through !== null && wanted <= through ? addDays(through, 1) : wanted;
  }

  private async through(): Promise<LocalDate | null> {
    assertTransaction('ClosedPeriods');
    const through = await this.shared();
    return through === undefined ? this.begun() : through;
  }

  private async shared(): Promise<LocalDate | null | undefined> {
    const row = await schoolQuery<Db>(this.em)
      .selectFrom('ledger_books')
      .select('closed_through')
      // MariaDB knows no FOR SHARE.
      .modifyEnd(sql`lock in share mode`)
      .executeTakeFirst();
    return row ? row.closed_through : undefined;
  }

  /** What is not there cannot be locked. */
  private async begun(): Promise<LocalDate | null> {
    await globalQuery<Db>(this.em)
      .insertInto('ledger_books')
      .ignore()
      .values({ school_id: bin(currentSchool()), closed_through: null })
      .execute();
    return (await this.shared()) ?? null;
  }
}
