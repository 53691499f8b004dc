import type { StreamableFile } from '@nestjs/common';
import type { Language } from '../../../../platform/http/language.js';
import { reportFile } from '../../../finance/index.js';
import type { UsageReport } from '../domain/usage.js';

const headings = [
  { da: 'Måned', en: 'Month' },
  { da: 'Kanal', en: 'Channel' },
  { da: 'Udbyder', en: 'Provider' },
  { da: 'Formål', en: 'Purpose' },
  { da: 'Emne', en: 'Topic' },
  { da: 'Beskeder', en: 'Messages' },
  { da: 'Sms-dele', en: 'SMS segments' },
  { da: 'Pris', en: 'Cost' },
  { da: 'Valuta', en: 'Currency' },
];

/** A line for each row; a cost that is not known is empty. */
export function usageFile({ rows }: UsageReport, language: Language): StreamableFile {
  const lines = rows.map((row) => [
    row.month,
    row.channel,
    row.provider,
    row.purpose,
    row.topic,
    row.messages,
    row.segments,
    row.costMicros === null ? null : costText(row.costMicros, language),
    row.costCurrency,
  ]);
  return reportFile('message-usage', headings, [lines], language);
}

/** With all six decimals: a text message costs a part of an øre more or less. */
function costText(micros: number, language: Language): string {
  const digits = String(micros).padStart(7, '0');
  return `${digits.slice(0, -6)}${language === 'da' ? ',' : '.'}${digits.slice(-6)}`;
}
