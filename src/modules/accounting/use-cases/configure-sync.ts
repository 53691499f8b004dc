import { LockMode } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import { Audit } from '../../../platform/audit/audit.js';
import { changedFields } from '../../../platform/audit/changed-fields.js';
import { Transaction } from '../../../platform/database/transaction.js';
import { assertAsSeen } from '../../../platform/http/conditional/precondition.js';
import { currentSchool } from '../../../platform/tenancy/tenancy.js';
import { Clock } from '../../../platform/values/clock.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import {
  BooksNotConnected,
  SyncBeginsInClosedPeriod,
  SyncHasBegun,
  SyncModeNotOffered,
} from '../domain/accounting-problems.js';
import { AccountingConnection, type JournalPeriod, type SyncMode, type SyncPace } from '../domain/connection.js';
import { AccountingRecord } from '../domain/record.js';
import type { BooksLayout } from '../ports/accounting-client.js';
import { AccountingClients } from '../ports/accounting-clients.js';

export interface SyncSettings {
  readonly mode: SyncMode;
  readonly syncOn: boolean;
  readonly pace: SyncPace;
  readonly period: JournalPeriod;
  readonly startsOn: LocalDate;
  readonly closedThrough: LocalDate | null;
  readonly layout: BooksLayout;
}

/** How, and how often, a school's books get what it sells. */
@Injectable()
export class ConfigureSync {
  constructor(
    readonly em: EntityManager,
    private readonly clock: Clock,
    private readonly clients: AccountingClients,
    private readonly audit: Audit,
  ) {}

  /** @throws BooksNotConnected */
  async read(): Promise<SyncSettings> {
    const em = this.em.fork({ keepTransactionContext: true });
    const connection = await em.findOne(AccountingConnection, { activeFor: currentSchool(), state: 'connected' });
    if (!connection) throw new BooksNotConnected();
    const { mode, syncOn, pace, period, startsOn, closedThrough, layout } = connection;
    return { mode, syncOn, pace, period, startsOn, closedThrough: closedThrough ?? null, layout };
  }

  /** @throws BooksNotConnected, SyncModeNotOffered, SyncBeginsInClosedPeriod, SyncHasBegun */
  @Transaction()
  async execute(wanted: SyncSettings): Promise<SyncSettings> {
    const connection = await this.lock();
    await assertAsSeen(() => this.read());
    const abilities = this.clients.find(connection.provider)?.abilities;
    if (abilities && !abilities[wanted.mode]) throw new SyncModeNotOffered();
    if (wanted.closedThrough && wanted.startsOn <= wanted.closedThrough && !(await this.hasBegun(connection)))
      throw new SyncBeginsInClosedPeriod();
    if (isOther(connection, wanted)) await this.beginAnew(connection);
    const fields = changedFields(connection, wanted);
    Object.assign(connection, wanted);
    connection.nextSyncAt = wanted.syncOn ? this.clock.now() : null;
    await this.em.flush();
    await this.audit.record({ action: 'accounting_sync.configured', subjectId: connection.id, details: { fields } });
    return this.read();
  }

  /** Once something may have gone, the same things must go the same way. @throws SyncHasBegun */
  private async beginAnew(connection: AccountingConnection): Promise<void> {
    if (await this.hasBegun(connection)) throw new SyncHasBegun();
    await this.em.nativeDelete(AccountingRecord, { connectionId: connection.id });
    connection.scannedThrough = null;
  }

  private async hasBegun({ id: connectionId }: AccountingConnection): Promise<boolean> {
    const sent = await this.em.findOne(AccountingRecord, {
      connectionId,
      $or: [{ state: { $in: ['sending', 'unknown', 'booked'] } }, { state: 'failed', attempts: { $gt: 0 } }],
    });
    return sent !== null;
  }

  private async lock(): Promise<AccountingConnection> {
    const connection = await this.em.findOne(
      AccountingConnection,
      { activeFor: currentSchool(), state: 'connected' },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!connection) throw new BooksNotConnected();
    return connection;
  }
}

function isOther(now: AccountingConnection, wanted: SyncSettings): boolean {
  return now.mode !== wanted.mode || now.period !== wanted.period || now.startsOn !== wanted.startsOn;
}
