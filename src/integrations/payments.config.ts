import { IsIn } from 'class-validator';
import { ConfigSection, Env } from '../platform/config/config.section.js';
import { needs } from '../platform/config/safety.js';

// What binds each provider, and what that one's own section asks for as soon as it is bound.
const needed: Readonly<Partial<Record<string, readonly string[]>>> = {
  stripe: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
  vipps: [
    'VIPPS_CLIENT_ID',
    'VIPPS_CLIENT_SECRET',
    'VIPPS_SUBSCRIPTION_KEY',
    'VIPPS_MERCHANT_SERIAL_NUMBER',
    'VIPPS_WEBHOOK_SECRET',
  ],
  paypal: ['PAYPAL_CLIENT_ID', 'PAYPAL_CLIENT_SECRET', 'PAYPAL_WEBHOOK_ID'],
};

@ConfigSection('Payments')
export class PaymentsConfig {
  @Env('PAYMENT_PROVIDER', {
    description:
      'takes new payments: stripe, vipps or paypal. Older payments, and schools with a choice of their own, stay with theirs',
    default: 'stripe',
    unsafe: (value, { env }) => {
      const names = needed[value] ?? [];
      return needs(names.slice(0, 1), env) && needs(names, env);
    },
  })
  @IsIn(['stripe', 'vipps', 'paypal'])
  readonly provider: 'stripe' | 'vipps' | 'paypal';
}
