import { IsIn } from 'class-validator';
import { ConfigSection, Env } from '../platform/config/config.section.js';

@ConfigSection('Payments')
export class PaymentsConfig {
  @Env('PAYMENT_PROVIDER', {
    description:
      'takes new payments: stripe, vipps or paypal. Older payments, and schools with a choice of their own, stay with theirs',
    default: 'stripe',
    unsafe: (value, { env }) => {
      const id = `${value.toUpperCase()}_CLIENT_ID`;
      return value !== 'stripe' && !env[id] ? `needs ${id}` : undefined;
    },
  })
  @IsIn(['stripe', 'vipps', 'paypal'])
  readonly provider: 'stripe' | 'vipps' | 'paypal';
}
