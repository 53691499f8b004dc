import type { EntityManager } from '@mikro-orm/mysql';
import { type RawBuilder, sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { TransferSource } from '../domain/ledger.js';

/** A transfer with the numbers of its two accounts, and of its invoice or credit note. */
export interface PostedTransfer {
  readonly id: Id;
  readonly occurredOn: LocalDate;
  readonly source: TransferSource;
  readonly sourceId: Id;
  readonly number: number | null;
  readonly amount: number;
  readonly currency: string;
  readonly debitCode: string;
  readonly debitRate: number | null;
  /** Whose sales the account holds, where that is what it holds. */
  readonly debitProductId: Id | null;
  readonly creditCode: string;
  readonly creditRate: number | null;
  readonly creditProductId: Id | null;
  /** 1 when it was found as a debit of its range's account. */
  readonly isDebit: number;
}

/** Some of the transfers, and the index that has them in the order of their days. */
export interface TransferRange {
  readonly index: 'ledger_transfers_day' | 'ledger_transfers_debit' | 'ledger_transfers_credit';
  readonly where: RawBuilder<unknown>;
}

/** The place of a transfer in the order of days. */
export type TransferPlace = Pick<PostedTransfer, 'occurredOn' | 'id'>;

/**
 * The first transfers of the current school's ranges, in the order of their days. They are chosen before anything is joined to them, and by
 * the index that is named: left to itself the server sorts the whole range for each page, or reads it from its beginning.
 */
export async function transfersInOrder(
  em: EntityManager,
  ranges: readonly TransferRange[],
  limit: number,
): Promise<PostedTransfer[]> {
  const school = bin(currentSchool());
  const chosen = ranges.map(
    ({
      index,
      where,
    }) => sql`(SELECT id, occurred_on, source, source_id, amount_minor, currency, debit_account_id, credit_account_id,
        ${index === 'ledger_transfers_debit'} AS is_debit
      FROM ledger_transfers FORCE INDEX (${sql.ref(index)}) WHERE school_id = ${school} AND ${where}
      ORDER BY occurred_on, id LIMIT ${limit})`,
  );
  const { rows } = await sql<PostedTransfer>`
    SELECT t.id, t.occurred_on AS occurredOn, t.source, t.source_id AS sourceId, i.number, t.amount_minor AS amount, t.currency,
      debited.code AS debitCode, debited.vat_rate_bp AS debitRate, IF(debited.kind = 'revenue', debited.product_id, NULL) AS debitProductId,
      credited.code AS creditCode, credited.vat_rate_bp AS creditRate, IF(credited.kind = 'revenue', credited.product_id, NULL) AS creditProductId,
      t.is_debit AS isDebit
    FROM (${sql.join(chosen, sql` UNION ALL `)} ORDER BY occurred_on, id LIMIT ${limit}) t
    STRAIGHT_JOIN ledger_accounts debited ON debited.school_id = ${school} AND debited.id = t.debit_account_id
    STRAIGHT_JOIN ledger_accounts credited ON credited.school_id = ${school} AND credited.id = t.credit_account_id
    LEFT JOIN invoices i ON i.school_id = ${school} AND i.id = t.source_id
    ORDER BY t.occurred_on, t.id`.execute(globalQuery(em));
  return rows;
}

/** Of the ones that come after that place: a range of each index, so what comes before is not read again. */
export function beyond({ occurredOn, id }: TransferPlace): RawBuilder<unknown> {
  return sql`(occurred_on > ${occurredOn} OR (occurred_on = ${occurredOn} AND id > ${bin(id)}))`;
}
