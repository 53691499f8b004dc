import { defineEntity } from '@mikro-orm/core';
import {
  bool,
  code,
  id,
  instant,
  json,
  localDate,
  schoolScoped,
  sealed,
  text,
} from '../../../platform/database/columns.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { LocalDate } from '../../../platform/values/zone.js';
import type { BooksCompany, BooksLayout } from '../ports/accounting-client.js';

export const connectionStates = ['choosing', 'connected', 'disconnected'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** Every document by itself, or what a period comes to. */
export const syncModes = ['documents', 'journals'] as const;
export type SyncMode = (typeof syncModes)[number];

export const syncPaces = ['hourly', 'daily'] as const;
export type SyncPace = (typeof syncPaces)[number];

export const journalPeriods = ['day', 'month'] as const;
export type JournalPeriod = (typeof journalPeriods)[number];

export const AccountingConnectionSchema = defineEntity({
  name: 'AccountingConnection',
  tableName: 'accounting_connections',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    provider: text(40),
    companyId: text(100).nullable(),
    companyName: text(200).nullable(),
    state: code<ConnectionState>(),
    /** The school while the tie holds, so that the database allows one of a school. */
    activeFor: id().nullable(),
    credentials: sealed().nullable(),
    expiresAt: instant().nullable(),
    /** While one worker asks for a new token, the others wait for his. */
    renewingUntil: instant().nullable(),
    /** To choose one of, while none is chosen. */
    companies: json<readonly BooksCompany[]>().nullable(),
    mode: code<SyncMode>(),
    syncOn: bool(),
    pace: code<SyncPace>(),
    period: code<JournalPeriod>(),
    layout: json<BooksLayout>(),
    /** The first day that is sent. */
    startsOn: localDate(),
    /** Nothing dated on this day or before is sent: the bookkeeper has closed it. */
    closedThrough: localDate().nullable(),
    /** The last transfer of the ledger that has its record. */
    scannedThrough: id().nullable(),
    nextSyncAt: instant().nullable(),
    leaseUntil: instant().nullable(),
    leaseId: id().nullable(),
    lastRunAt: instant().nullable(),
    lastSuccessAt: instant().nullable(),
    lastError: text(200).nullable(),
    connectedBy: id().nullable(),
    connectedAt: instant(),
    disconnectedAt: instant().nullable(),
    disconnectReason: text(200).nullable(),
  },
  uniques: [
    { name: 'accounting_connections_school_id', properties: ['schoolId', 'id'] },
    { name: 'accounting_connections_active', properties: ['activeFor'] },
  ],
  indexes: [
    { name: 'accounting_connections_company', properties: ['schoolId', 'provider', 'companyId'] },
    { name: 'accounting_connections_due', properties: ['state', 'nextSyncAt'] },
  ],
});

export const defaultLayout: BooksLayout = {
  columns: ['date', 'voucher', 'account', 'text', 'debit', 'credit', 'vatCode'],
  encoding: 'utf-8',
  decimal: 'comma',
};

/** A school's tie to its bookkeeping. One to the same company is taken up again, so nothing is sent to it twice. */
export class AccountingConnection extends AccountingConnectionSchema.class {
  static open(schoolId: Id, provider: string, startsOn: LocalDate, at: Date): AccountingConnection {
    return Object.assign(new AccountingConnection(), {
      id: newId(),
      schoolId,
      provider,
      companyId: null,
      companyName: null,
      state: 'choosing' as const,
      activeFor: schoolId,
      credentials: null,
      expiresAt: null,
      renewingUntil: null,
      companies: null,
      mode: 'journals' as const,
      syncOn: false,
      pace: 'daily' as const,
      period: 'day' as const,
      layout: defaultLayout,
      startsOn,
      closedThrough: null,
      scannedThrough: null,
      nextSyncAt: null,
      leaseUntil: null,
      leaseId: null,
      lastRunAt: null,
      lastSuccessAt: null,
      lastError: null,
      connectedBy: null,
      connectedAt: at,
      disconnectedAt: null,
      disconnectReason: null,
    });
  }

  /** These are the company's books. */
  bind({ id: companyId, name }: Pick<BooksCompany, 'id' | 'name'>, by: Id, at: Date): void {
    Object.assign(this, {
      companyId,
      companyName: name,
      companies: null,
      state: 'connected',
      activeFor: this.schoolId,
    });
    Object.assign(this, { connectedBy: by, connectedAt: at, disconnectedAt: null, disconnectReason: null });
    this.lastError = null;
    if (this.syncOn) this.nextSyncAt = at;
  }

  /** @returns false when it was cut before */
  cut(reason: string, at: Date): boolean {
    if (this.state === 'disconnected') return false;
    Object.assign(this, {
      state: 'disconnected',
      activeFor: null,
      credentials: null,
      expiresAt: null,
      companies: null,
    });
    Object.assign(this, { nextSyncAt: null, disconnectedAt: at, disconnectReason: reason.slice(0, 200) });
    return true;
  }
}
AccountingConnectionSchema.setClass(AccountingConnection);

/** Where the credentials of a connection are sealed. */
export function sealedCredentialsOf(connectionId: Id): string {
  return `accounting_connections.credentials:${connectionId}`;
}
