import { IsIn, IsString } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Accounting: files')
export class CsvAccountingConfig {
  @Env('ACCOUNTING_PROVIDER', { description: 'where journals go: csv writes a file a day', default: 'csv' })
  @IsIn(['csv'])
  readonly provider: 'csv';

  @Env('ACCOUNTING_EXPORT_DIR', {
    description: 'the folder of the files, one folder in it for each school',
    default: '.local/accounting',
  })
  @IsString()
  readonly folder: string;

  @Env('ACCOUNTING_CSV_DECIMAL', { description: 'comma or point', default: 'comma' })
  @IsIn(['comma', 'point'])
  readonly decimal: 'comma' | 'point';
}
