import { defineEntity } from '@mikro-orm/core';
import { code, id, int, longText, schoolScoped, text } from '../../../../platform/database/columns.js';
import type { FieldProblem } from '../../../../platform/http/problem.js';

/** `refused`: it looked right, and could not be enrolled after all. */
export const importRowStates = ['unchecked', 'valid', 'invalid', 'enrolled', 'refused'] as const;
export type ImportRowState = (typeof importRowStates)[number];

/** One line of the list. Who is enrolled is kept as a student alone: then the row forgets what it said. */
export const StudentImportRowSchema = defineEntity({
  name: 'StudentImportRow',
  tableName: 'student_import_rows',
  ...schoolScoped,
  indexes: [
    { name: 'student_import_rows_state_index', properties: ['schoolId', 'importId', 'state', 'number'] },
    { name: 'student_import_rows_email_index', properties: ['schoolId', 'importId', 'email', 'number'] },
    { name: 'student_import_rows_student_index', properties: ['schoolId', 'studentId'] },
  ],
  properties: {
    schoolId: id().primary(),
    importId: id().primary(),
    /** As a spreadsheet counts: the headings are row 1. */
    number: int().unsigned().primary(),
    state: code<ImportRowState>(),
    /** Lower-cased, to find who stands in the file twice. */
    email: text(254).collation('utf8mb4_bin').nullable(),
    /** JSON of ImportCells, as the file had them. */
    cells: longText().nullable(),
    /** JSON of RowProblem[]. */
    errors: longText().nullable(),
    studentId: id().nullable(),
  },
});

/** What is wrong with a row, in both languages; without a field it is the row as a whole. */
export type RowProblem = FieldProblem;
