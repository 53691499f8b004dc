import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { bin, bins, globalQuery, lockedAsItIs, schoolQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import { type Id, newId } from '../../../platform/values/id.js';
import { addDays, atLocal } from '../../../platform/values/zone.js';
import type { AccountingTables } from '../accounting.tables.js';
import { type Candidate, candidatesOf } from '../domain/candidates.js';
import type { AccountingConnection } from '../domain/connection.js';
import { stepOf, type VoucherState } from '../domain/record.js';
import type { BooksRecordKind } from '../ports/accounting-client.js';
import { AccountingClients } from '../ports/accounting-clients.js';
import { LedgerScan, scanFrom } from '../queries/ledger-scan.js';

const atOnce = 500;
const firstCustomer = 10_000;
const journal = ['journal'] as const;

interface NewRecord extends Omit<Candidate, 'kind'> {
  readonly kind: BooksRecordKind;
  readonly nextTryAt: Date;
}

/** Gives everything in the ledger that is to be sent its record, once however often it is run. */
@Injectable()
export class ScanLedger {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly scan: LedgerScan,
    private readonly clients: AccountingClients,
  ) {}

  /** @param pages at most so many; all there are, when left out */
  async execute(connection: AccountingConnection, zone: string, pages = Infinity): Promise<void> {
    let after = scanFrom(connection.scannedThrough ?? null);
    for (let page = 0; page < pages; page++) {
      const last = await this.page(connection, after, zone);
      if (!last) return;
      after = last;
    }
  }

  /** @returns where the next page begins; null after the last one */
  @Transaction()
  private async page(connection: AccountingConnection, after: Id, zone: string): Promise<Id | null> {
    const { mode, period, startsOn, provider } = connection;
    const transfers = await this.scan.after(after, startsOn, atOnce);
    const last = transfers.at(-1);
    if (!last) return null;
    const { journals = false, journalVouchers = false } = this.clients.find(provider)?.abilities ?? {};
    const candidates = candidatesOf(transfers, { mode, period, journals });
    const now = this.clock.now();
    const documents = candidates.filter(({ kind }) => kind !== 'journal');
    const found = [
      ...(await this.customers(documents, now)),
      ...documents.map((each) => ({ ...each, nextTryAt: now })),
      ...(await this.journals(connection.id, candidates, now, zone)),
    ];
    const withVoucher = new Set<BooksRecordKind>(['invoice', 'credit_note', ...(journalVouchers ? journal : [])]);
    await this.insert(
      connection.id,
      found.map((each) => ({ ...each, voucher: withVoucher.has(each.kind) ? 'wanted' : 'none' })),
    );
    await this.advance(connection.id, last.id);
    return transfers.length === atOnce ? last.id : null;
  }

  /** A student's number is the same in all books that the school ever connects. */
  private async customers(documents: readonly Candidate[], now: Date): Promise<NewRecord[]> {
    const first = new Map(documents.filter(({ studentId }) => studentId).map((each) => [each.studentId!, each]));
    if (first.size === 0) return [];
    const known = new Map(
      (
        await this.records
          .select(['subject_id', 'reference'])
          .where('kind', '=', 'customer')
          .where('subject_id', 'in', bins([...first.keys()]))
          .execute()
      ).map(({ subject_id, reference }) => [subject_id, reference]),
    );
    let highest = await this.highestCustomer();
    return [...first].map(([studentId, { occurredOn, currency }]) => ({
      kind: 'customer' as const,
      reference: known.get(studentId as never) ?? String((highest += 1)),
      source: null,
      subjectId: studentId,
      studentId,
      occurredOn,
      untilOn: occurredOn,
      minor: 0,
      currency,
      nextTryAt: now,
    }));
  }

  private async highestCustomer(): Promise<number> {
    const row = await this.records
      .select(sql<number | null>`MAX(CAST(reference AS UNSIGNED))`.as('highest'))
      .where('kind', '=', 'customer')
      .executeTakeFirst();
    return Math.max(firstCustomer, row?.highest ?? 0);
  }

  /** A period that has been sent gets another journal, of what was posted to it since. */
  private async journals(
    connectionId: Id,
    candidates: readonly Candidate[],
    now: Date,
    zone: string,
  ): Promise<NewRecord[]> {
    const wanted: NewRecord[] = [];
    for (const each of candidates.filter(({ kind }) => kind === 'journal')) {
      const known = await this.records
        .select(['state', 'attempts'])
        .where('connection_id', '=', bin(connectionId))
        .where('kind', '=', 'journal')
        .where('occurred_on', '=', each.occurredOn)
        .execute();
      if (known.some(({ state, attempts }) => state === 'waiting' && attempts === 0)) continue;
      const reference = known.length === 0 ? each.reference : `${each.reference}_${known.length + 1}`;
      const over = atLocal(addDays(each.untilOn, 1), '02:00', zone);
      wanted.push({ ...each, reference, nextTryAt: over > now ? over : now });
    }
    return wanted;
  }

  private async insert(
    connectionId: Id,
    records: readonly (NewRecord & { readonly voucher: VoucherState })[],
  ): Promise<void> {
    if (records.length === 0) return;
    await globalQuery<AccountingTables>(this.em)
      .insertInto('accounting_records')
      .values(records.map((each) => this.rowOf(connectionId, each)))
      .onDuplicateKeyUpdate(lockedAsItIs)
      .execute();
  }

  private rowOf(connectionId: Id, each: NewRecord & { readonly voucher: VoucherState }) {
    return {
      id: bin(newId()),
      school_id: bin(currentSchool()),
      connection_id: bin(connectionId),
      kind: each.kind,
      step: stepOf[each.kind],
      reference: each.reference,
      source: each.source,
      subject_id: each.subjectId && bin(each.subjectId),
      student_id: each.studentId && bin(each.studentId),
      occurred_on: each.occurredOn,
      until_on: each.untilOn,
      amount_minor: each.minor,
      currency: each.currency,
      state: 'waiting' as const,
      voucher: each.voucher,
      attempts: 0,
      next_try_at: each.nextTryAt,
      created_at: this.clock.now(),
    };
  }

  /** Never back: a page of the overlap ends before what was seen. */
  private async advance(connectionId: Id, last: Id): Promise<void> {
    await globalQuery<AccountingTables>(this.em)
      .updateTable('accounting_connections')
      .set({ scanned_through: bin(last) })
      .where('school_id', '=', bin(currentSchool()))
      .where('id', '=', bin(connectionId))
      .where((where) => where.or([where('scanned_through', 'is', null), where('scanned_through', '<', bin(last))]))
      .execute();
  }

  private get records() {
    return schoolQuery<AccountingTables>(this.em).selectFrom('accounting_records');
  }
}
