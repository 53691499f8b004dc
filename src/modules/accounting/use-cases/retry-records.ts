import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { sql } from 'kysely';
import { Audit } from '../../../platform/audit/audit.js';
import { bin, globalQuery } from '../../../platform/database/query.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { Id } from '../../../platform/values/id.js';
import type { AccountingTables } from '../accounting.tables.js';
import {
  AccountingRecordFine,
  AccountingRecordNotFound,
  AccountingRecordOfOtherBooks,
  BooksNotConnected,
} from '../domain/accounting-problems.js';
import { AccountingConnection } from '../domain/connection.js';
import { AccountingRecord, type RecordState } from '../domain/record.js';

/** Sends again what the books refused, once somebody has mended what was wrong. */
@Injectable()
export class RetryRecords {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** @throws AccountingRecordNotFound, AccountingRecordOfOtherBooks, AccountingRecordFine */
  @Transaction()
  async execute(id: Id): Promise<void> {
    const record = await this.em.findOne(AccountingRecord, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!record) throw new AccountingRecordNotFound();
    const connection = await this.giveTurn();
    if (connection?.id !== record.connectionId) throw new AccountingRecordOfOtherBooks();
    if (!record.retry(this.clock.now())) throw new AccountingRecordFine();
    const { kind, reference } = record;
    await this.audit.record({ action: 'accounting_record.retried', subjectId: id, details: { kind, reference } });
  }

  /** Everything that failed. @returns how many @throws BooksNotConnected */
  @Transaction()
  async all(): Promise<{ retried: number }> {
    const connection = await this.giveTurn();
    if (!connection) throw new BooksNotConnected();
    const { numUpdatedRows } = await globalQuery<AccountingTables>(this.em)
      .updateTable('accounting_records')
      .set({ state: sql<RecordState>`IF(attempts > 0, 'unknown', 'waiting')`, next_try_at: this.clock.now() })
      .where('school_id', '=', bin(currentSchool()))
      .where('connection_id', '=', bin(connection.id))
      .where('state', '=', 'failed')
      .executeTakeFirst();
    const retried = Number(numUpdatedRows);
    const details = { retried };
    await this.audit.record({ action: 'accounting_record.all_retried', subjectId: connection.id, details });
    return { retried };
  }

  /** As soon as a worker is free. @throws BooksNotConnected */
  @Transaction()
  async syncNow(): Promise<void> {
    const connection = await this.giveTurn();
    if (!connection) throw new BooksNotConnected();
    await this.audit.record({ action: 'accounting_sync.asked', subjectId: connection.id });
  }

  private async giveTurn(): Promise<AccountingConnection | null> {
    const connection = await this.em.findOne(
      AccountingConnection,
      { activeFor: currentSchool(), state: 'connected' },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (connection) connection.nextSyncAt = this.clock.now();
    return connection;
  }
}
