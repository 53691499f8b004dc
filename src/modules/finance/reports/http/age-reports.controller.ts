import { Controller, Get, type StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CallersLanguage, type Language } from '../../../../platform/http/language.js';
import { Operation } from '../../../../platform/http/operation.js';
import { IdParam } from '../../../../platform/http/params.js';
import type { Id } from '../../../../platform/values/id.js';
import { Requires } from '../../../identity/index.js';
import { type AgeReport, AgeReports, type OverdueInvoice } from '../queries/age-reports.js';
import { AgeReportDto } from './report.dto.js';
import { barsOf, chartFile, reportFile } from './report-files.js';

const arrearsHeadings = [
  { da: 'Faktura', en: 'Invoice' },
  { da: 'Elev-id', en: 'Student id' },
  { da: 'Forfaldsdato', en: 'Due on' },
  { da: 'Restbeløb', en: 'Outstanding' },
];
const ageHeadings = [
  { da: 'Fra dage', en: 'From days' },
  { da: 'Til dage', en: 'To days' },
  { da: 'Antal', en: 'Count' },
  { da: 'Beløb', en: 'Amount' },
];

@Controller('v1/schools/:schoolId/reports')
@ApiTags('Finance reports')
export class AgeReportsController {
  constructor(private readonly reports: AgeReports) {}

  @Get('arrears')
  @Requires('ledger.read')
  @Operation({
    id: 'getArrearsReport',
    summary: 'Read what is overdue today, by age',
    description: 'Counted from the day after an invoice fell due.',
    ok: AgeReportDto,
  })
  arrears(@IdParam('schoolId') _schoolId: Id): Promise<AgeReport> {
    return this.reports.arrears();
  }

  @Get('arrears.csv')
  @Requires('ledger.read')
  @Operation({
    id: 'downloadArrears',
    summary: 'Download each overdue invoice',
    description: 'Semicolon-separated UTF-8 text in the caller’s language, the oldest debt first.',
    file: 'text/csv',
  })
  async arrearsCsv(@IdParam('schoolId') _schoolId: Id, @CallersLanguage() language: Language): Promise<StreamableFile> {
    return reportFile('arrears', arrearsHeadings, rowsOf(await this.reports.overdueInvoices()), language);
  }

  @Get('arrears.svg')
  @Requires('ledger.read')
  @Operation({
    id: 'drawArrears',
    summary: 'Draw what is overdue today, by age',
    description: 'A bar chart in the caller’s language.',
    file: 'image/svg+xml',
  })
  async arrearsSvg(@IdParam('schoolId') _schoolId: Id, @CallersLanguage() language: Language): Promise<StreamableFile> {
    const report = await this.reports.arrears();
    const title = { da: `Restancer ${report.on}`, en: `Arrears ${report.on}` };
    return chartFile('arrears', title, barsOf(report, language), language);
  }

  @Get('deferred-revenue')
  @Requires('ledger.read')
  @Operation({
    id: 'getDeferredRevenue',
    summary: 'Read what is invoiced and not delivered yet, by age',
    description: 'Without VAT, by days since it was invoiced: what the school owes its students in lessons.',
    ok: AgeReportDto,
  })
  deferred(@IdParam('schoolId') _schoolId: Id): Promise<AgeReport> {
    return this.reports.deferredRevenue();
  }

  @Get('deferred-revenue.csv')
  @Requires('ledger.read')
  @Operation({
    id: 'downloadDeferredRevenue',
    summary: 'Download what is invoiced and not delivered yet, by age',
    description: 'Semicolon-separated UTF-8 text in the caller’s language.',
    file: 'text/csv',
  })
  async deferredCsv(
    @IdParam('schoolId') _schoolId: Id,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const { buckets } = await this.reports.deferredRevenue();
    const rows = buckets.map(({ fromDays, toDays, count, amount }) => [fromDays, toDays, count, amount]);
    return reportFile('deferred-revenue', ageHeadings, [rows], language);
  }

  @Get('deferred-revenue.svg')
  @Requires('ledger.read')
  @Operation({
    id: 'drawDeferredRevenue',
    summary: 'Draw what is invoiced and not delivered yet, by age',
    description: 'A bar chart in the caller’s language.',
    file: 'image/svg+xml',
  })
  async deferredSvg(
    @IdParam('schoolId') _schoolId: Id,
    @CallersLanguage() language: Language,
  ): Promise<StreamableFile> {
    const report = await this.reports.deferredRevenue();
    const title = { da: `Forudbetalte ydelser ${report.on}`, en: `Deferred revenue ${report.on}` };
    return chartFile('deferred-revenue', title, barsOf(report, language), language);
  }
}

async function* rowsOf(pages: AsyncIterable<readonly OverdueInvoice[]>) {
  for await (const invoices of pages)
    yield invoices.map(({ number, studentId, dueOn, outstanding }) => [number, studentId, dueOn, outstanding]);
}
