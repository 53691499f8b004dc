import { IsIn, IsOptional, IsString, IsUrl, MaxLength } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

@ConfigSection('SMS: GatewayAPI')
export class GatewayapiConfig {
  @Env('GATEWAYAPI_TOKEN', {
    description: 'the API token, with SMS_PROVIDER=gatewayapi',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly token?: string;

  @Env('GATEWAYAPI_SENDER', {
    description: 'the sender’s name where no school’s is shown: at most 11 letters and digits',
    default: 'JustDriving',
  })
  @IsString()
  @MaxLength(11)
  readonly sender: string;

  @Env('GATEWAYAPI_REGION', { description: 'eu or global: where the account is', default: 'eu' })
  @IsIn(['eu', 'global'])
  readonly region: 'eu' | 'global';

  @Env('GATEWAYAPI_WEBHOOK_SECRET', {
    description:
      'the authentication token of the webhook {PUBLIC_URL}/webhooks/gatewayapi; empty: its messages are refused',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly webhookSecret?: string;

  @Env('GATEWAYAPI_API_URL', {
    description: 'where GatewayAPI answers; empty for its own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;
}

export function gatewayapiUrl({ apiUrl, region }: GatewayapiConfig): string {
  return apiUrl ?? (region === 'eu' ? 'https://gatewayapi.eu' : 'https://gatewayapi.com');
}
