import { defineEntity } from '@mikro-orm/core';
import {
  amount,
  code,
  currency,
  id,
  instant,
  localDate,
  schoolScoped,
  text,
} from '../../../platform/database/columns.js';
import type { BooksFileKind } from '../ports/books-files.js';

export const mappingKinds = ['account', 'tax', 'product'] as const;
export type MappingKind = (typeof mappingKinds)[number];

/** What a school calls something, and what its bookkeeping calls it. */
export const AccountingMappingSchema = defineEntity({
  name: 'AccountingMapping',
  tableName: 'accounting_mappings',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    connectionId: id(),
    kind: code<MappingKind>(),
    ours: text(60).collation('ascii_bin'),
    theirs: text(60),
  },
  uniques: [{ name: 'accounting_mappings_once', properties: ['schoolId', 'connectionId', 'kind', 'ours'] }],
});

/** Somebody has set out to let us into his books; the address he comes back with is good once. */
export const AccountingConsentSchema = defineEntity({
  name: 'AccountingConsent',
  tableName: 'accounting_consents',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    provider: text(40),
    stateHash: text(64).collation('ascii_bin'),
    askedBy: id(),
    expiresAt: instant(),
    usedAt: instant().nullable(),
  },
  uniques: [
    { name: 'accounting_consents_school_id', properties: ['schoolId', 'id'] },
    { name: 'accounting_consents_state', properties: ['stateHash'] },
  ],
  indexes: [{ name: 'accounting_consents_expiry', properties: ['expiresAt'] }],
});

/** A file that was handed over, kept as long as vouchers are. */
export const AccountingFileSchema = defineEntity({
  name: 'AccountingFile',
  tableName: 'accounting_files',
  ...schoolScoped,
  properties: {
    id: id().primary(),
    schoolId: id(),
    connectionId: id(),
    /** Null once it is older than anything has to be kept. */
    fileId: id().nullable(),
    name: text(120),
    kind: code<BooksFileKind>(),
    reference: text(60).collation('ascii_bin'),
    occurredOn: localDate(),
    amountMinor: amount().nullable(),
    currency: currency().nullable(),
    bytes: amount(),
    sha256: text(64).collation('ascii_bin'),
    createdAt: instant(),
  },
  uniques: [
    { name: 'accounting_files_school_id', properties: ['schoolId', 'id'] },
    { name: 'accounting_files_name', properties: ['schoolId', 'connectionId', 'name'] },
    { name: 'accounting_files_file', properties: ['schoolId', 'fileId'] },
  ],
  indexes: [
    { name: 'accounting_files_day', properties: ['schoolId', 'connectionId', 'kind', 'occurredOn'] },
    { name: 'accounting_files_age', properties: ['occurredOn'] },
  ],
});
