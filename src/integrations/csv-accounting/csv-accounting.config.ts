import { IsString } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Accounting: files')
export class CsvAccountingConfig {
  @Env('ACCOUNTING_EXPORT_DIR', {
    description: 'a folder where files for the bookkeeping are laid too, one folder in it for each school; empty: none',
    default: '',
  })
  @IsString()
  readonly folder: string;
}
