import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  NestedField,
  TextField,
  TextListField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import { PageQuery } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../../schools/index.js';
import { type ImportRowState, importRowStates } from '../domain/import/student-import-row.js';
import { importStates, type ImportState } from '../domain/import/student-import.js';
import { importList } from '../queries/student-import-reader.js';

export class UploadQuery {
  @EnumField(licenceClasses, {
    description: 'The licence category of the rows that name none.',
    example: 'B',
    optional: true,
  })
  licenceClass?: LicenceClass;
}

export class ImportListQuery extends ListQuery(importList) {}

export class StartImportDto {
  @BoolField({
    description: 'Whether those who are enrolled get an invitation by e-mail at once.',
    example: true,
    default: true,
    optional: true,
  })
  invite: boolean = true;
}

export class ImportRowsQuery extends PageQuery {
  @EnumField(importRowStates, { description: 'Rows in that state only.', example: 'invalid', optional: true })
  state?: ImportRowState;
}

export class ImportSummaryDto {
  @IdField({ description: 'Id of the import.' })
  id: Id;

  @EnumField(importStates, {
    description:
      'checking: a job looks at each row. ready: nobody is enrolled yet; start it or cancel it. enrolling: a job enrols the valid rows.',
    example: 'ready',
  })
  state: ImportState;

  @BoolField({ description: 'Whether those who are enrolled get an invitation.', example: true })
  invite: boolean;

  @TextListField({
    description: 'Headings of the file that mean nothing here; nothing of these columns is kept.',
    example: ['Hold'],
  })
  ignoredColumns: readonly string[];

  @InstantField({ description: 'When the list was uploaded.', example: '2026-11-01T09:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When it was done or cancelled.', example: null, nullable: true })
  finishedAt: Date | null;
}

const count = (description: string, example: number) => IntField({ description, example, min: 0, max: 1_000_000 });

export class ImportCountsDto {
  @count('Not looked at yet.', 0)
  unchecked: number;

  @count('May be enrolled.', 118)
  valid: number;

  @count('Cannot be enrolled; each row says why.', 2)
  invalid: number;

  @count('Are students now.', 0)
  enrolled: number;

  @count('Looked right, and could not be enrolled after all; each row says why.', 0)
  refused: number;
}

export class ImportDto extends ImportSummaryDto {
  @NestedField(() => ImportCountsDto, { description: 'How many rows are in each state.' })
  rows: ImportCountsDto;
}

export class ImportRowErrorDto {
  @TextField({ description: 'The field that is wrong; empty: the row as a whole.', example: 'phone', min: 0 })
  field: string;

  @TextField({
    description: 'What is wrong with it, in the language of the request.',
    example: 'must be a phone number such as +4520123456',
  })
  message: string;
}

const cell = (example: string) => TextField({ description: 'As the file has it.', example, max: 500, optional: true });

export class ImportCellsDto {
  @cell('Freja Lund')
  name?: string;

  @cell('Freja')
  firstName?: string;

  @cell('Lund')
  lastName?: string;

  @cell('freja@example.com')
  email?: string;

  @cell('20 12 34 58')
  phone?: string;

  @cell('14-03-2009')
  birthDate?: string;

  @cell('B')
  licenceClass?: string;

  @cell('Sundkrogsgade 7')
  addressLine?: string;

  @cell('2150')
  postcode?: string;

  @cell('Nordhavn')
  city?: string;
}

export class ImportRowDto {
  @IntField({ description: 'As a spreadsheet counts: the headings are row 1.', example: 7, min: 2, max: 1_000_000 })
  number: number;

  @EnumField(importRowStates, { description: 'What became of the row.', example: 'invalid' })
  state: ImportRowState;

  @NestedField(() => ImportCellsDto, {
    description: 'What the row says; null once the student is enrolled.',
    nullable: true,
  })
  cells: ImportCellsDto | null;

  @ListField(() => ImportRowErrorDto, { description: 'What is wrong with it.' })
  errors: ImportRowErrorDto[];

  @IdField({ description: 'The student that came of it.', nullable: true })
  studentId: Id | null;
}
