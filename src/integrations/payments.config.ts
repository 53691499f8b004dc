import { IsIn } from 'class-validator';
import { ConfigSection, Env } from '../platform/config/config.section.js';

@ConfigSection('Payments')
export class PaymentsConfig {
  @Env('PAYMENT_PROVIDER', {
    description:
      'takes new payments: stripe or vipps. Older payments, and schools with a choice of their own, stay with theirs',
    default: 'stripe',
    unsafe: (value, { env }) => (value === 'vipps' && !env['VIPPS_CLIENT_ID'] ? 'needs VIPPS_CLIENT_ID' : undefined),
  })
  @IsIn(['stripe', 'vipps'])
  readonly provider: 'stripe' | 'vipps';
}
