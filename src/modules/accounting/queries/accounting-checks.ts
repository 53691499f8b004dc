import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Verifies } from '../../../platform/verification/verifies.js';

/** What was posted lately may not have been seen yet. */
const settledMinutes = 120;

/** Proves that what is sold reaches the books: nothing without a record, nothing booked without a name there, no name twice. */
@Injectable()
export class AccountingChecks {
  constructor(private readonly em: EntityManager) {}

  @Verifies('accounting')
  async verify(): Promise<string[]> {
    return [...(await this.unrecorded()), ...(await this.nameless()), ...(await this.twice())];
  }

  /** Documents in the ledger since the connection's first day that no record was made of, though its last turn is later. */
  private async unrecorded(): Promise<string[]> {
    const school = bin(currentSchool());
    const { rows } = await sql<{ number: number }>`
      SELECT i.number FROM accounting_connections c
      JOIN ledger_transfers t FORCE INDEX (ledger_transfers_day)
        ON t.school_id = c.school_id AND t.occurred_on >= c.starts_on AND t.source IN ('invoice', 'credit_note')
      JOIN invoices i ON i.school_id = t.school_id AND i.id = t.source_id
      LEFT JOIN accounting_records r ON r.school_id = t.school_id AND r.connection_id = c.id AND r.kind = t.source
        AND r.reference = CAST(i.number AS CHAR CHARACTER SET ascii) COLLATE ascii_bin
      WHERE c.school_id = ${school} AND c.active_for = ${school} AND c.state = 'connected' AND c.mode = 'documents'
        AND t.created_at < c.last_success_at - INTERVAL ${settledMinutes} MINUTE AND r.id IS NULL
      GROUP BY i.number ORDER BY i.number LIMIT 20`.execute(this.db);
    return rows.map(({ number }) => `invoice ${number} has no record for the bookkeeping`);
  }

  private async nameless(): Promise<string[]> {
    const { rows } = await sql<{ kind: string; reference: string }>`
      SELECT kind, reference FROM accounting_records
      WHERE school_id = ${bin(currentSchool())} AND state = 'booked' AND (books_id IS NULL OR books_id = '') LIMIT 20`.execute(
      this.db,
    );
    return rows.map(({ kind, reference }) => `${kind} ${reference} is booked without a name in the books`);
  }

  private async twice(): Promise<string[]> {
    const { rows } = await sql<{ kind: string; booksId: string; n: number }>`
      SELECT kind, books_id AS booksId, COUNT(*) AS n FROM accounting_records
      WHERE school_id = ${bin(currentSchool())} AND books_id IS NOT NULL
      GROUP BY connection_id, kind, books_id HAVING COUNT(*) > 1 LIMIT 20`.execute(this.db);
    return rows.map(({ kind, booksId, n }) => `${n} records of kind ${kind} are ${booksId} in the books`);
  }

  private get db() {
    return globalQuery<object>(this.em);
  }
}
