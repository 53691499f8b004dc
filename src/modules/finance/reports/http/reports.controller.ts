import { Controller, Get, Query, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CallersLanguage, type Language } from '../../../../platform/http/language.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { PeriodInvalid } from '../domain/period.js';
import {
  FinanceReports,
  type RevenueGroup,
  type RevenueReport,
  type RevenueRow,
  type TrialBalance,
  type VatReport,
} from '../queries/finance-reports.js';
import {
  BalanceQuery,
  PeriodQuery,
  RevenueQuery,
  RevenueReportDto,
  TrialBalanceDto,
  VatReportDto,
} from './report.dto.js';
import { chartFile, reportFile } from './report-files.js';

const csv = 'Semicolon-separated UTF-8 text in the caller’s language.';
const balanceHeadings = [
  { da: 'Konto', en: 'Account' },
  { da: 'Navn', en: 'Name' },
  { da: 'Debet', en: 'Debit' },
  { da: 'Kredit', en: 'Credit' },
  { da: 'Saldo', en: 'Balance' },
];
const vatHeadings = [
  { da: 'Momssats i %', en: 'VAT rate in %' },
  { da: 'Salg uden moms', en: 'Sales without VAT' },
  { da: 'Moms', en: 'VAT' },
];
const revenueHeadings = [
  { da: 'Periode, produkt eller lærer', en: 'Period, product or teacher' },
  { da: 'Omsætning uden moms', en: 'Revenue without VAT' },
];
const unnamed = {
  product: { da: 'Uden produkt', en: 'No product' },
  teacher: { da: 'Uden lærer', en: 'No teacher' },
};
const nameOf = ({ label }: RevenueRow, by: RevenueGroup, language: Language) =>
  label ?? unnamed[by === 'teacher' ? 'teacher' : 'product'][language];

@Controller('v1/schools/:schoolId/reports')
@ApiTags('Finance reports')
export class ReportsController {
  constructor(private readonly reports: FinanceReports) {}

  @Get('trial-balance')
  @Requires('ledger.read')
  @Operation({
    id: 'getTrialBalance',
    summary: 'Read the balance of every account on a day',
    description: 'Accounts of the same number are one line. Debit and credit are alike.',
    ok: TrialBalanceDto,
  })
  trialBalance(@IdParam('schoolId') _schoolId: Id, @Query() { on }: BalanceQuery): Promise<TrialBalance> {
    return this.reports.trialBalance(on);
  }

  @Get('trial-balance.csv')
  @Requires('ledger.read')
  @Operation({
    id: 'downloadTrialBalance',
    summary: 'Download the balance of every account on a day',
    description: csv,
    file: 'text/csv',
  })
  async trialBalanceCsv(
    @IdParam('schoolId') _schoolId: Id,
    @Query() { on }: BalanceQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const { accounts } = await this.reports.trialBalance(on);
    const rows = accounts.map(({ code, name, debit, credit, balance }) => [code, name, debit, credit, balance]);
    return reportFile('trial-balance', balanceHeadings, [rows], language);
  }

  @Get('vat')
  @Requires('ledger.read')
  @Operation({
    id: 'getVatReport',
    summary: 'Read sales and VAT of a period, by rate',
    description: 'Out of the ledger: what was invoiced and credited on these days, delivered or not.',
    ok: VatReportDto,
    problems: [PeriodInvalid],
  })
  vat(@IdParam('schoolId') _schoolId: Id, @Query() query: PeriodQuery): Promise<VatReport> {
    return this.reports.vat(query);
  }

  @Get('vat.csv')
  @Requires('ledger.read')
  @Operation({
    id: 'downloadVatReport',
    summary: 'Download sales and VAT of a period, by rate',
    description: csv,
    file: 'text/csv',
    problems: [PeriodInvalid],
  })
  async vatCsv(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: PeriodQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const { rates } = await this.reports.vat(query);
    const rows = rates.map(({ vatRateBp, net, vat }) => [vatRateBp / 100, net, vat]);
    return reportFile('vat', vatHeadings, [rows], language);
  }

  @Get('revenue')
  @Requires('ledger.read')
  @Operation({
    id: 'getRevenueReport',
    summary: 'Read what was earned in a period, by day, month, product or teacher',
    description: 'Without VAT. A lesson is earned on the day it is held, whenever it was invoiced.',
    ok: RevenueReportDto,
    problems: [PeriodInvalid],
  })
  revenue(@IdParam('schoolId') _schoolId: Id, @Query() query: RevenueQuery): Promise<RevenueReport> {
    return this.reports.revenue(query, query.by);
  }

  @Get('revenue.csv')
  @Requires('ledger.read')
  @Operation({
    id: 'downloadRevenueReport',
    summary: 'Download what was earned in a period',
    description: csv,
    file: 'text/csv',
    problems: [PeriodInvalid],
  })
  async revenueCsv(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: RevenueQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const { rows } = await this.reports.revenue(query, query.by);
    const lines = rows.map((row) => [nameOf(row, query.by, language), row.amount]);
    return reportFile('revenue', revenueHeadings, [lines], language);
  }

  @Get('revenue.svg')
  @Requires('ledger.read')
  @Operation({
    id: 'drawRevenueReport',
    summary: 'Draw what was earned in a period',
    description: 'A bar chart in the caller’s language.',
    file: 'image/svg+xml',
    problems: [PeriodInvalid],
  })
  async revenueSvg(
    @IdParam('schoolId') _schoolId: Id,
    @Query() query: RevenueQuery,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const { rows, from, until } = await this.reports.revenue(query, query.by);
    const title = { da: `Omsætning uden moms ${from} – ${until}`, en: `Revenue without VAT ${from} – ${until}` };
    const bars = rows.map((row) => ({ label: nameOf(row, query.by, language), amount: row.amount }));
    return chartFile('revenue', title, bars, language);
  }
}
