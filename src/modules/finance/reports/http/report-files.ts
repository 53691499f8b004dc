import { StreamableFile } from '@nestjs/common';
import { csvFile } from '../../../../platform/http/csv-file.js';
import type { Language } from '../../../../platform/http/language.js';
import type { Texts } from '../../../../platform/http/problem.js';
import { type Bar, barChart } from '../domain/bar-chart.js';
import { reportCsv, type ReportPages } from '../domain/report-csv.js';
import type { AgeReport } from '../queries/age-reports.js';

/** Answers a report as a download, while it is read: its rows some at a time. */
export function reportFile(
  name: string,
  headings: readonly Texts[],
  pages: ReportPages,
  language: Language,
): StreamableFile {
  return csvFile(reportCsv(headings, pages, language), name);
}

/** Answers amounts as an image for screens. */
export async function chartFile(
  name: string,
  title: Texts,
  bars: readonly Bar[],
  language: Language,
): Promise<StreamableFile> {
  const image = Buffer.from(await barChart(title[language], bars, language));
  return new StreamableFile(image, {
    type: 'image/svg+xml; charset=utf-8',
    disposition: `inline; filename="${name}.svg"`,
  });
}

/** One bar for each age, such as "31–60". */
export function barsOf({ buckets }: AgeReport, language: Language): Bar[] {
  const days = language === 'da' ? 'dage' : 'days';
  return buckets.map(({ fromDays, toDays, amount }) => ({
    label: toDays === null ? `${fromDays}+ ${days}` : `${fromDays}–${toDays} ${days}`,
    amount,
  }));
}
