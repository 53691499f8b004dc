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
import { ListQuery } from '../../../../platform/http/list-query.js';
import { PageQuery } from '../../../../platform/http/paging.js';
import type { Id } from '../../../../platform/values/id.js';
import { accountKinds, type AccountKind } from '../../domain/account-plan.js';
import { transferSources, type TransferSource } from '../../domain/ledger.js';
import { accountList } from '../queries/account-reader.js';
import { revenueGroups, type RevenueGroup } from '../queries/finance-reports.js';

const zero = { amount: 0, currency: 'DKK' };

export class AccountListQuery extends ListQuery(accountList) {
  @EnumField(accountKinds, { description: 'Accounts of this kind alone.', example: 'revenue', optional: true })
  kind?: AccountKind;

  @IdField({ description: 'What this student owes alone.', optional: true })
  studentId?: Id;
}

export class LedgerAccountDto {
  @IdField({ description: 'Id of the account.' })
  id: Id;

  @TextField({ description: 'What it is, and of whom or what.', example: 'revenue/2500' })
  key: string;

  @TextField({ description: 'Its number in the bookkeeping; several accounts may share one.', example: '3000' })
  code: string;

  @TextField({ description: 'What the bookkeeping calls it.', example: 'Salg med moms' })
  name: string;

  @EnumField(accountKinds, { description: 'Whether it is had, owed, earned or spent.', example: 'revenue' })
  kind: AccountKind;

  @IntField({ description: 'VAT rate in basis points.', example: 2500, min: 0, max: 10_000, nullable: true })
  vatRateBp: number | null;

  @IdField({ description: 'The student whose account it is.', nullable: true })
  studentId: Id | null;

  @IdField({ description: 'The product whose sales it holds.', nullable: true })
  productId: Id | null;

  @MoneyField({ description: 'Debit less credit, of all time.', example: { amount: -52_000, currency: 'DKK' } })
  balance: MoneyDto;
}

export class PeriodQuery {
  @LocalDateField({ description: 'The first day.', example: '2026-01-01' })
  from: string;

  @LocalDateField({ description: 'The last day; at most 400 days in all.', example: '2026-12-31' })
  until: string;
}

export class RevenueQuery extends PeriodQuery {
  @EnumField(revenueGroups, { description: 'What to sum by.', example: 'month', optional: true, default: 'month' })
  by: RevenueGroup = 'month';
}

export class EntriesQuery extends PageQuery {
  @LocalDateField({ description: 'The first day.', example: '2026-01-01' })
  from: string;

  @LocalDateField({ description: 'The last day.', example: '2026-12-31' })
  until: string;
}

export class BalanceQuery {
  @LocalDateField({ description: 'Until the end of this day.', example: '2026-12-31' })
  on: string;
}

export class LedgerEntryDto {
  @IdField({ description: 'Id of the entry.' })
  id: Id;

  @LocalDateField({ description: 'The day it counts for.', example: '2026-12-01' })
  occurredOn: string;

  @EnumField(transferSources, { description: 'What it comes from.', example: 'invoice' })
  source: TransferSource;

  @IdField({ description: 'Which invoice, payment or other it comes from.' })
  sourceId: Id;

  @TextField({ description: 'As in the journal.', example: '117' })
  voucher: string;

  @TextField({ description: 'As in the journal.', example: 'Faktura 117' })
  text: string;

  @MoneyField({ description: 'What went onto the account.', nullable: true })
  debit: MoneyDto | null;

  @MoneyField({ description: 'What went off it.', nullable: true })
  credit: MoneyDto | null;

  @TextField({ description: 'The number of the account on the other side.', example: '1100' })
  against: string;
}

export class BalanceRowDto {
  @TextField({ description: 'Number in the bookkeeping.', example: '1100' })
  code: string;

  @TextField({ description: 'What the bookkeeping calls it.', example: 'Debitorer' })
  name: string;

  @EnumField(accountKinds, { description: 'Whether it is had, owed, earned or spent.', example: 'asset' })
  kind: AccountKind;

  @MoneyField({ description: 'What went onto it.' })
  debit: MoneyDto;

  @MoneyField({ description: 'What went off it.' })
  credit: MoneyDto;

  @MoneyField({ description: 'Debit less credit.' })
  balance: MoneyDto;
}

export class TrialBalanceDto {
  @LocalDateField({ description: 'Until the end of this day.', example: '2026-12-31' })
  on: string;

  @ListField(() => BalanceRowDto, { description: 'By number.' })
  accounts: BalanceRowDto[];

  @MoneyField({ description: 'All debits.' })
  debit: MoneyDto;

  @MoneyField({ description: 'All credits: the same.' })
  credit: MoneyDto;
}

export class VatRateDto {
  @IntField({ description: 'VAT rate in basis points.', example: 2500, min: 0, max: 10_000 })
  vatRateBp: number;

  @MoneyField({ description: 'Sales without VAT.', example: { amount: 52_000, currency: 'DKK' } })
  net: MoneyDto;

  @MoneyField({ description: 'The VAT of them.', example: { amount: 13_000, currency: 'DKK' } })
  vat: MoneyDto;
}

export class VatReportDto {
  @LocalDateField({ description: 'The first day.', example: '2026-01-01' })
  from: string;

  @LocalDateField({ description: 'The last day.', example: '2026-12-31' })
  until: string;

  @ListField(() => VatRateDto, { description: 'Highest rate first.' })
  rates: VatRateDto[];

  @MoneyField({ description: 'All sales without VAT.', example: { amount: 52_000, currency: 'DKK' } })
  net: MoneyDto;

  @MoneyField({ description: 'All VAT on sales.', example: { amount: 13_000, currency: 'DKK' } })
  vat: MoneyDto;
}

export class RevenueRowDto {
  @TextField({
    description: 'The day, the month, or the product’s or teacher’s name; null for sales that named none.',
    example: '2026-12',
    nullable: true,
  })
  label: string | null;

  @IdField({ description: 'The product, by products.', nullable: true })
  productId: Id | null;

  @IdField({ description: 'The teacher who gave the lessons, by teachers.', nullable: true })
  teacherId: Id | null;

  @MoneyField({ description: 'What was earned, without VAT.' })
  amount: MoneyDto;
}

export class RevenueReportDto {
  @LocalDateField({ description: 'The first day.', example: '2026-01-01' })
  from: string;

  @LocalDateField({ description: 'The last day.', example: '2026-12-31' })
  until: string;

  @EnumField(revenueGroups, { description: 'What is summed by.', example: 'month' })
  by: RevenueGroup;

  @ListField(() => RevenueRowDto, {
    description: 'Days and months in order, products and teachers by what they brought.',
  })
  rows: RevenueRowDto[];

  @MoneyField({ description: 'All of it.' })
  total: MoneyDto;
}

export class AgeRowDto {
  @IntField({ description: 'From so many days on.', example: 31, min: 0, max: 91 })
  fromDays: number;

  @IntField({ description: 'To so many days; null: without end.', example: 60, min: 0, max: 90, nullable: true })
  toDays: number | null;

  @MoneyField({ description: 'How much.', example: zero })
  amount: MoneyDto;

  @IntField({ description: 'Of how many.', example: 0, min: 0, max: 1_000_000 })
  count: number;
}

export class AgeReportDto {
  @LocalDateField({ description: 'Today, in the school’s zone.', example: '2026-12-31' })
  on: string;

  @ListField(() => AgeRowDto, { description: 'The youngest first.' })
  buckets: AgeRowDto[];

  @MoneyField({ description: 'All of it.', example: zero })
  total: MoneyDto;
}
