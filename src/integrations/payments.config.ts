import { IsIn } from 'class-validator';
import { ConfigSection, Env } from '../platform/config/config.section.js';

@ConfigSection('Payments')
export class PaymentsConfig {
  @Env('PAYMENT_PROVIDER', {
    description: 'takes new payments: stripe. Older payments stay with the provider they were made with',
    default: 'stripe',
  })
  @IsIn(['stripe'])
  readonly provider: 'stripe';
}
