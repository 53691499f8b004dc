import { IsBoolean } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Accounting')
export class AccountingConfig {
  @Env('ACCOUNTING_EXPORT_ENABLED', {
    description: 'hands every school’s finished day to its bookkeeping, nightly',
    default: false,
  })
  @IsBoolean()
  readonly exportEnabled: boolean;
}
