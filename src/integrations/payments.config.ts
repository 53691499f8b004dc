import { IsIn } from 'class-validator';
import { ConfigSection, Env } from '../platform/config/config.section.js';
import { needs } from '../platform/config/safety.js';

@ConfigSection('Payments')
export class PaymentsConfig {
  @Env('PAYMENT_PROVIDER', {
    description:
      'takes new payments: stripe, vipps or paypal. Older payments, and schools with a choice of their own, stay with theirs',
    default: 'stripe',
    unsafe: (value, { env }) =>
      needs([value === 'stripe' ? 'STRIPE_SECRET_KEY' : `${value.toUpperCase()}_CLIENT_ID`], env),
  })
  @IsIn(['stripe', 'vipps', 'paypal'])
  readonly provider: 'stripe' | 'vipps' | 'paypal';
}
