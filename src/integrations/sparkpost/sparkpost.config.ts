import { IsIn, IsOptional, IsString, IsUrl } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

@ConfigSection('E-mail: SparkPost')
export class SparkpostConfig {
  @Env('SPARKPOST_API_KEY', {
    description: 'an API key for transmissions and the suppression list, with MAIL_PROVIDER=sparkpost',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly apiKey?: string;

  @Env('SPARKPOST_REGION', { description: 'us or eu: where the account is', default: 'eu' })
  @IsIn(['us', 'eu'])
  readonly region: 'us' | 'eu';

  @Env('SPARKPOST_WEBHOOK_USERNAME', {
    description:
      'the basic authentication of the webhook {PUBLIC_URL}/webhooks/sparkpost; empty: its messages are refused',
  })
  @IsOptional()
  @IsString()
  readonly webhookUsername?: string;

  @Env('SPARKPOST_WEBHOOK_PASSWORD', {
    description: 'goes with SPARKPOST_WEBHOOK_USERNAME',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly webhookPassword?: string;

  @Env('SPARKPOST_API_URL', {
    description: 'where SparkPost’s API answers; empty for its own address',
    example: 'http://127.0.0.1:4100/sparkpost',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;
}

export function sparkpostUrl({ apiUrl, region }: SparkpostConfig): string {
  return apiUrl ?? (region === 'eu' ? 'https://api.eu.sparkpost.com/api' : 'https://api.sparkpost.com/api');
}
