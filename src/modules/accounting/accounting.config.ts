import { IsBoolean, IsString } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Accounting')
export class AccountingConfig {
  @Env('ACCOUNTING_SYNC_ENABLED', {
    description:
      'sends what schools sell to the bookkeeping that they have connected; each school turns it on for itself',
    default: true,
  })
  @IsBoolean()
  readonly syncEnabled: boolean;

  @Env('ACCOUNTING_RETURN_URL', {
    description:
      'where bookkeeping systems send people back to after they have let us in; PUBLIC_URL/accounting/return',
    default: '',
  })
  @IsString()
  readonly returnUrl: string;
}
