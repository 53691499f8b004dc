import { IsInt, IsOptional, IsString, IsUrl, Max, Min, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

const bound = ({ clientId }: PaypalConfig) => clientId !== undefined;

/** Bound when PAYPAL_CLIENT_ID is set: a platform without PayPal needs none of them. */
@ConfigSection('Payments: PayPal')
export class PaypalConfig {
  @Env('PAYPAL_CLIENT_ID', { description: 'the client id of the REST app; empty: no payments by PayPal' })
  @IsOptional()
  @IsString()
  readonly clientId?: string;

  @Env('PAYPAL_CLIENT_SECRET', { description: 'goes with PAYPAL_CLIENT_ID', secret: true })
  @ValidateIf(bound)
  @IsString()
  readonly clientSecret: string;

  @Env('PAYPAL_WEBHOOK_ID', {
    description: 'the id of the webhook {PUBLIC_URL}/webhooks/paypal, by which its messages are verified',
    example: '8PT597110X687430LKGECATA',
  })
  @ValidateIf(bound)
  @IsString()
  readonly webhookId: string;

  @Env('PAYPAL_API_URL', {
    description: 'where PayPal’s API answers; empty for its own address',
    example: 'https://api-m.sandbox.paypal.com',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;

  @Env('PAYPAL_TIMEOUT_MS', { description: 'how long one call may take, in milliseconds', default: 8_000 })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly timeoutMs: number;
}
