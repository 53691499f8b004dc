import { IsInt, IsOptional, IsString, IsUrl, Matches, Max, Min, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

const bound = ({ clientId }: VippsConfig) => clientId !== undefined;

/** Bound when VIPPS_CLIENT_ID is set: a platform without Vipps MobilePay needs none of them. */
@ConfigSection('Payments: Vipps MobilePay')
export class VippsConfig {
  @Env('VIPPS_CLIENT_ID', { description: 'the client id of the sales unit; empty: no payments by Vipps MobilePay' })
  @IsOptional()
  @IsString()
  readonly clientId?: string;

  @Env('VIPPS_CLIENT_SECRET', { description: 'goes with VIPPS_CLIENT_ID', secret: true })
  @ValidateIf(bound)
  @IsString()
  readonly clientSecret: string;

  @Env('VIPPS_SUBSCRIPTION_KEY', { description: 'the sales unit’s Ocp-Apim-Subscription-Key', secret: true })
  @ValidateIf(bound)
  @IsString()
  readonly subscriptionKey: string;

  @Env('VIPPS_MERCHANT_SERIAL_NUMBER', { description: 'the sales unit’s number (MSN)', example: '123456' })
  @ValidateIf(bound)
  @Matches(/^\d{4,10}$/, { message: 'must be the sales unit’s number, such as 123456' })
  readonly merchantSerialNumber: string;

  @Env('VIPPS_WEBHOOK_SECRET', {
    description:
      'signs what Vipps MobilePay sends to {PUBLIC_URL}/webhooks/vipps; comes with the webhook’s registration',
    secret: true,
  })
  @ValidateIf(bound)
  @IsString()
  readonly webhookSecret: string;

  @Env('VIPPS_API_URL', {
    description: 'where Vipps MobilePay’s API answers; empty for its own address',
    example: 'https://apitest.vipps.no',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;

  @Env('VIPPS_TIMEOUT_MS', { description: 'how long one call may take, in milliseconds', default: 8_000 })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly timeoutMs: number;
}
