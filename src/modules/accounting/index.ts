/** Accounting's front door. */
import { AccountingConnectionSchema } from './domain/connection.js';
import { AccountingRecordSchema } from './domain/record.js';
import { AccountingConsentSchema, AccountingFileSchema, AccountingMappingSchema } from './domain/small-tables.js';

export { AccountingModule } from './accounting.module.js';
export { BooksConnectionLost } from './domain/accounting-events.js';
export { encoded, journalFile } from './domain/journal-layout.js';
export * from './ports/accounting-client.js';
export { AccountingClients } from './ports/accounting-clients.js';
export * from './ports/books-files.js';

export const accountingEntities = [
  AccountingConnectionSchema,
  AccountingConsentSchema,
  AccountingFileSchema,
  AccountingMappingSchema,
  AccountingRecordSchema,
];
