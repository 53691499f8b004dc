import type { Tables } from '../../platform/database/query.js';
import type {
  InvoiceLineSchema,
  InvoiceSchema,
  LedgerAccountSchema,
  LedgerBooksSchema,
  LedgerTransferSchema,
  PaymentAllocationSchema,
  ProductSchema,
  RefundSchema,
  WriteOffSchema,
} from '../finance/index.js';
import type { SchoolSchema } from '../schools/index.js';
import type { AccountingConnectionSchema } from './domain/connection.js';
import type { AccountingRecordSchema } from './domain/record.js';
import type { AccountingConsentSchema, AccountingFileSchema, AccountingMappingSchema } from './domain/small-tables.js';

export type AccountingTables = Tables<
  | typeof AccountingConnectionSchema
  | typeof AccountingConsentSchema
  | typeof AccountingFileSchema
  | typeof AccountingMappingSchema
  | typeof AccountingRecordSchema
  | typeof InvoiceLineSchema
  | typeof InvoiceSchema
  | typeof LedgerAccountSchema
  | typeof LedgerBooksSchema
  | typeof LedgerTransferSchema
  | typeof PaymentAllocationSchema
  | typeof ProductSchema
  | typeof RefundSchema
  | typeof SchoolSchema
  | typeof WriteOffSchema
>;
