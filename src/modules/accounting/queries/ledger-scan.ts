import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { firstIdAt, type Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { ScannedTransfer } from '../domain/candidates.js';

/** A transfer may be committed this much later than its id was made, and still be found. */
const overlapMs = 15 * 60_000;

/** The ledger in the order in which it was written. */
@Injectable()
export class LedgerScan {
  constructor(private readonly em: EntityManager) {}

  /** The current school's next transfers that are dated on that day or later. */
  async after(id: Id, startsOn: LocalDate, limit: number): Promise<ScannedTransfer[]> {
    const school = bin(currentSchool());
    const { rows } = await sql<ScannedTransfer>`
      SELECT t.id, t.source, t.source_id AS sourceId, t.occurred_on AS occurredOn, t.amount_minor AS minor, t.currency,
        debited.student_id AS debitStudentId, credited.student_id AS creditStudentId,
        i.number, i.gross_minor AS grossMinor, i.student_id AS invoiceStudentId
      FROM (SELECT id, source, source_id, occurred_on, amount_minor, currency, debit_account_id, credit_account_id
        FROM ledger_transfers FORCE INDEX (ledger_transfers_age)
        WHERE school_id = ${school} AND id > ${bin(id)} AND occurred_on >= ${startsOn} ORDER BY id LIMIT ${limit}) t
      STRAIGHT_JOIN ledger_accounts debited ON debited.school_id = ${school} AND debited.id = t.debit_account_id
      STRAIGHT_JOIN ledger_accounts credited ON credited.school_id = ${school} AND credited.id = t.credit_account_id
      LEFT JOIN invoices i ON i.school_id = ${school} AND i.id = t.source_id AND t.source IN ('invoice', 'credit_note')
      ORDER BY t.id`.execute(globalQuery(this.em));
    return rows;
  }
}

/** Where to begin again: a little before the last one seen, for the ones that were committed after it. */
export function scanFrom(last: Id | null): Id {
  if (!last) return firstIdAt(new Date(0));
  const at = Number.parseInt(last.slice(0, 8) + last.slice(9, 13), 16);
  return firstIdAt(new Date(at - overlapMs));
}
