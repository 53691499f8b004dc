import { IsBoolean, IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { notForTests, vendorsOwn } from '../../platform/config/safety.js';

const bound = ({ secretKey }: StripeConfig) => secretKey !== undefined;

/** Bound when STRIPE_SECRET_KEY is set: a platform without Stripe needs none of them. */
@ConfigSection('Payments: Stripe')
export class StripeConfig {
  @Env('STRIPE_SECRET_KEY', {
    description: 'the secret key of the account; empty: no payments by Stripe',
    example: 'sk_live_…',
    secret: true,
    localDefault: 'sk_test_sandbox',
    unsafe: notForTests(/^[sr]k_test_/),
  })
  @IsOptional()
  @Matches(/^(sk|rk)_\w+$/, { message: 'must be a secret key (sk_…) or a restricted key (rk_…)' })
  readonly secretKey?: string;

  @Env('STRIPE_WEBHOOK_SECRET', {
    description: 'signs what Stripe sends to {PUBLIC_URL}/webhooks/stripe',
    example: 'whsec_…',
    secret: true,
    localDefault: 'whsec_sandbox',
  })
  @ValidateIf(bound)
  @IsString()
  readonly webhookSecret: string;

  @Env('STRIPE_CONNECT_WEBHOOK_SECRET', {
    description: 'signs what happens on schools’ own accounts (Connect); empty where no school has one',
    example: 'whsec_…',
    secret: true,
    localDefault: 'whsec_sandbox_connect',
  })
  @IsOptional()
  @IsString()
  readonly connectWebhookSecret?: string;

  @Env('PAYMENT_APPLICATION_FEE_BP', {
    description: 'what the platform keeps of a payment on a school’s own account, in hundredths of a percent',
    default: 0,
  })
  @IsInt()
  @Min(0)
  @Max(3_000)
  readonly applicationFeeBp: number;

  @Env('STRIPE_API_URL', {
    description: 'where Stripe’s API answers; empty for Stripe’s own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;

  @Env('STRIPE_MOBILEPAY_ENABLED', {
    description: 'offers MobilePay beside cards; the account must have it turned on',
    default: false,
  })
  @IsBoolean()
  readonly mobilePay: boolean;

  @Env('STRIPE_TIMEOUT_MS', { description: 'how long one call may take, in milliseconds', default: 8_000 })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly timeoutMs: number;
}
