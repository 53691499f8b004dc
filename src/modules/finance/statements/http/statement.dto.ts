import {
  EnumField,
  IdField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import { PageQuery } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { transferSources, type TransferSource } from '../../domain/ledger.js';

export class StatementQuery extends PageQuery {
  @LocalDateField({
    description: 'The first day; from the beginning when left out.',
    example: '2026-01-01',
    optional: true,
  })
  from?: string;

  @LocalDateField({ description: 'The last day; up to now when left out.', example: '2026-12-31', optional: true })
  until?: string;
}

export class StatementFileQuery {
  @LocalDateField({
    description: 'The first day; from the beginning when left out.',
    example: '2026-01-01',
    optional: true,
  })
  from?: string;

  @LocalDateField({ description: 'The last day; up to now when left out.', example: '2026-12-31', optional: true })
  until?: string;

  @EnumField(['da', 'en'], { description: 'The language of its words.', example: 'da', optional: true, default: 'da' })
  language: 'da' | 'en' = 'da';
}

export class StatementEntryDto {
  @IdField({ description: 'Id of the entry.' })
  id: Id;

  @LocalDateField({ description: 'The day it counts from.', example: '2026-12-01' })
  on: string;

  @EnumField(transferSources, { description: 'What it is.', example: 'invoice' })
  kind: TransferSource;

  @IdField({ description: 'The invoice, credit note, payment or refund.' })
  documentId: Id;

  @IntField({
    description: 'Of an invoice or a credit note.',
    example: 42,
    min: 1,
    max: 2_147_483_647,
    nullable: true,
  })
  number: number | null;

  @MoneyField({ description: 'What it adds to what the student owes; negative for money and credit.' })
  amount: MoneyDto;

  @MoneyField({ description: 'What the student owes after it; negative when there is money to his credit.' })
  balance: MoneyDto;
}

export class StatementDto {
  @MoneyField({
    description: 'What the student owed before the first entry of this page.',
    example: { amount: 0, currency: 'DKK' },
  })
  opening: MoneyDto;

  @ListField(() => StatementEntryDto, { description: 'The entries of this page, oldest first.' })
  items: StatementEntryDto[];

  @TextField({
    description: 'Pass it as `cursor` to get the next page; null on the last.',
    example: null,
    max: 1_000,
    nullable: true,
  })
  nextCursor: string | null;
}
