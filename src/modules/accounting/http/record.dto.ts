import { ApiProperty } from '@nestjs/swagger';
import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import { PageQuery } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';
import { recordKinds, type RecordState, recordStates, type VoucherState } from '../domain/record.js';
import type { BooksRecordKind } from '../ports/accounting-client.js';
import type { BooksFileKind } from '../ports/books-files.js';
import { accountingFileList, accountingRecordList } from '../queries/record-reader.js';

const reference = {
  description: 'What it is looked up by in the books: a document’s number, a payment’s mark, a journal’s period.',
  example: '1001',
  max: 60,
} as const;

export class AccountingRecordListQuery extends ListQuery(accountingRecordList) {
  @EnumField(recordStates, { description: 'Those in this state alone.', example: 'failed', optional: true })
  state?: RecordState;

  @EnumField(recordKinds, { description: 'Those of this kind alone.', example: 'invoice', optional: true })
  kind?: BooksRecordKind;

  @IdField({ description: 'Those of these books alone: a connection’s id.', optional: true })
  connectionId?: Id;
}

export class RecordBooksDto {
  @IdField({ description: 'Id of the connection.' })
  connectionId: Id;

  @TextField({ description: 'The bookkeeping system.', example: 'xero', max: 40 })
  provider: string;

  @TextField({ description: 'Whose books they are.', example: 'Nordhavn Køreskole ApS', nullable: true })
  companyName: string | null;

  @BoolField({ description: 'False of books that the school had before: nothing goes there any more.', example: true })
  connected: boolean;
}

export class AccountingRecordDto {
  @IdField({ description: 'Id of the record.' })
  id: Id;

  @NestedField(() => RecordBooksDto, { description: 'The books that it is for.' })
  books: RecordBooksDto;

  @EnumField(recordKinds, { description: 'What is sent.', example: 'invoice' })
  kind: BooksRecordKind;

  @TextField(reference)
  reference: string;

  @IdField({ description: 'The invoice, the payment, the student …; null for a journal.', nullable: true })
  subjectId: Id | null;

  @LocalDateField({ description: 'What it is dated; a journal’s first day.', example: '2026-12-01' })
  date: string;

  @MoneyField({ description: 'What it comes to.' })
  amount: MoneyDto;

  @EnumField(recordStates, {
    description:
      'Unknown: it may be booked, and is looked up before it is sent again. Failed: somebody has to look at it.',
    example: 'booked',
  })
  state: RecordState;

  @TextField({ description: 'Its id in the books.', example: '7f2c0b5e', max: 190, nullable: true })
  booksId: string | null;

  @TextField({ description: 'What people see there.', example: '1001', max: 100, nullable: true })
  booksNumber: string | null;

  @EnumField(['none', 'wanted', 'attached'], { description: 'Whether its PDF is there too.', example: 'attached' })
  voucher: VoucherState;

  @IntField({ description: 'How often it was sent in vain.', example: 0, min: 0, max: 1e9 })
  attempts: number;

  @InstantField({ description: 'When it is sent next.', example: '2026-12-01T08:00:00.000Z', nullable: true })
  nextTryAt: Date | null;

  @TextField({ description: 'What is wrong with it.', example: 'period_closed', max: 300, nullable: true })
  error: string | null;

  @InstantField({ description: 'When it was booked.', example: '2026-12-01T08:00:00.000Z', nullable: true })
  bookedAt: Date | null;
}

export class AccountingPreviewQuery extends PageQuery {}

export class AccountingPreviewDto {
  @EnumField(recordKinds, { description: 'What would be sent.', example: 'invoice' })
  kind: BooksRecordKind;

  @TextField(reference)
  reference: string;

  @LocalDateField({ description: 'What it is dated.', example: '2026-12-01' })
  date: string;

  @MoneyField({ description: 'What it comes to.' })
  amount: MoneyDto;

  @TextField({
    description: 'The account, VAT rate or product that is not mapped; `subject` where it is not known what it is of.',
    example: 'account 3000',
    nullable: true,
  })
  missing: string | null;

  @TextField({ description: 'What would be booked before it.', example: 'customer 10001', nullable: true })
  waitsFor: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'What would go to the books; null while something is missing.',
    example: { number: '1001', date: '2026-12-01' },
  })
  content: object | null;
}

export class AccountingFileListQuery extends ListQuery(accountingFileList) {}

const fileKinds = [...recordKinds, 'voucher', 'manifest'] as const;

export class AccountingFileDto {
  @IdField({ description: 'Id of the file.' })
  id: Id;

  @TextField({ description: 'Its name.', example: 'journal-2026-12-01_2026-12-01.csv', max: 120 })
  name: string;

  @EnumField(fileKinds, { description: 'What is in it.', example: 'journal' })
  kind: BooksFileKind;

  @LocalDateField({ description: 'The day it is of.', example: '2026-12-01' })
  date: string;

  @IntField({ description: 'Its length.', example: 1834, min: 0, max: Number.MAX_SAFE_INTEGER })
  bytes: number;

  @TextField({
    description: 'SHA-256 of its bytes, hexadecimal.',
    example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    max: 64,
  })
  sha256: string;

  @InstantField({ description: 'When it was made.', example: '2026-12-02T01:15:00.000Z' })
  createdAt: Date;
}
