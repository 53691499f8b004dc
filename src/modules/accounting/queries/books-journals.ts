import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import type { Id } from '../../../platform/values/id.js';
import { Money } from '../../../platform/values/money.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import { type AccountNaming, type JournalEntry, JournalReader } from '../../finance/index.js';
import type { AccountWords } from '../domain/account-words.js';
import type { SyncMode } from '../domain/connection.js';
import { type JournalSum, sameSums, summed } from '../domain/journal-sums.js';

/** An account's side of a period's transfers. */
interface Side {
  readonly code: string;
  readonly isRevenue: number;
  readonly rate: number | null;
  readonly productId: Id | null;
  readonly currency: string;
  /** Debits less credits. */
  readonly minor: string;
}

export interface JournalSpan {
  readonly from: LocalDate;
  readonly to: LocalDate;
  readonly mode: SyncMode;
}

/** The ledger moved while it was read: what was begun with it is not ended. */
export class JournalMoved extends Error {
  constructor() {
    super('something was posted to the period while it was read');
  }
}

/** What a period comes to in the books' words, as sums and line by line. */
@Injectable()
export class BooksJournals {
  constructor(
    private readonly em: EntityManager,
    private readonly journal: JournalReader,
  ) {}

  /** @throws MappingMissing */
  async sums({ from, to, mode }: JournalSpan, words: AccountWords): Promise<JournalSum[]> {
    const school = bin(currentSchool());
    // By document, what is a document or moves what a student owes has gone that way.
    const rest = sql`WHERE NOT t.is_document AND NOT EXISTS (SELECT 1 FROM ledger_accounts o WHERE o.school_id = ${school}
      AND o.id IN (t.debit_account_id, t.credit_account_id) AND o.student_id IS NOT NULL)`;
    // Once through the period, without a join: what accounts they are is asked of the few pairs that come of it.
    const { rows } = await sql<Side>`
      SELECT a.code, a.kind = 'revenue' AS isRevenue, a.vat_rate_bp AS rate, a.product_id AS productId, t.currency,
        SUM(t.minor * side.sign) AS minor
      FROM (SELECT debit_account_id, credit_account_id, currency, source IN ('invoice', 'credit_note') AS is_document,
            SUM(amount_minor) AS minor
          FROM ledger_transfers FORCE INDEX (ledger_transfers_day)
          WHERE school_id = ${school} AND occurred_on >= ${from} AND occurred_on <= ${to}
          GROUP BY debit_account_id, credit_account_id, currency, is_document) t
      JOIN (SELECT 1 AS sign UNION ALL SELECT -1) side
      JOIN ledger_accounts a ON a.school_id = ${school} AND a.id = IF(side.sign = 1, t.debit_account_id, t.credit_account_id)
      ${mode === 'documents' ? rest : sql``}
      GROUP BY a.code, a.kind, a.vat_rate_bp, a.product_id, t.currency`.execute(globalQuery(this.em));
    return summed(
      rows.map(({ code, isRevenue, rate, productId, currency, minor }) => ({
        account: words.account(code, productId, isRevenue === 1),
        vatCode: rate ? words.taxCode(rate) : null,
        minor: Number(minor),
        currency,
      })),
    );
  }

  /** Each line of a period, which comes to those sums. @throws JournalMoved at its end when it does not any more */
  async *lines(
    { from, to }: JournalSpan,
    words: AccountWords,
    sums: readonly JournalSum[],
  ): AsyncGenerator<readonly JournalEntry[]> {
    const naming = inTheirWords(words);
    const seen = new SeenSums();
    for await (const entries of this.journal.entries(from, to, naming)) {
      seen.add(entries);
      yield entries;
    }
    if (!sameSums(seen.all, sums)) throw new JournalMoved();
  }

  /** The sums as the entries of one voucher. */
  async *ofSums(sums: readonly JournalSum[], reference: string, date: LocalDate): AsyncGenerator<JournalEntry[]> {
    yield sums.map(({ account, vatCode, minor, currency }) => {
      const amount = Money.of(Math.abs(minor), currency);
      const side = minor > 0 ? { debit: amount, credit: null } : { debit: null, credit: amount };
      return { date, voucher: reference, account, text: `Just Driving ${reference}`, ...side, vatCode };
    });
  }
}

/** What the lines that went by come to. */
class SeenSums {
  private readonly minors = new Map<string, number>();

  add(entries: readonly JournalEntry[]): void {
    for (const { account, vatCode, debit, credit } of entries) {
      const { amount, currency } = (debit ?? credit)!;
      const key = `${currency} ${vatCode === null ? '-' : `+${vatCode}`} ${account}`;
      this.minors.set(key, (this.minors.get(key) ?? 0) + (debit ? amount : -amount));
    }
  }

  get all(): JournalSum[] {
    return [...this.minors].map(([key, minor]) => {
      const [currency, vat, ...account] = key.split(' ');
      const vatCode = vat === '-' ? null : vat!.slice(1);
      return { account: account.join(' '), vatCode, minor, currency: currency! };
    });
  }
}

function inTheirWords(words: AccountWords): AccountNaming {
  return (code, rateBp, productId) => ({
    account: words.account(code, productId, productId !== null),
    vatCode: rateBp ? words.taxCode(rateBp) : null,
  });
}
