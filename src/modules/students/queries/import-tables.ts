import type { Tables } from '../../../platform/database/query.js';
import type { StudentImportRowSchema } from '../domain/import/student-import-row.js';
import type { StudentImportSchema } from '../domain/import/student-import.js';
import type { StudentSchema } from '../domain/student.js';

export type ImportTables = Tables<typeof StudentImportSchema | typeof StudentImportRowSchema | typeof StudentSchema>;
