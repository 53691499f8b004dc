import { IsIn, IsOptional, IsString, IsUrl } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

@ConfigSection('E-mail: SendGrid')
export class SendgridConfig {
  @Env('SENDGRID_API_KEY', {
    description: 'an API key that may send mail, with MAIL_PROVIDER=sendgrid',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly apiKey?: string;

  @Env('SENDGRID_REGION', { description: 'us or eu: where the account is', default: 'eu' })
  @IsIn(['us', 'eu'])
  readonly region: 'us' | 'eu';

  @Env('SENDGRID_WEBHOOK_PUBLIC_KEY', {
    description:
      'the verification key of the signed event webhook {PUBLIC_URL}/webhooks/sendgrid; empty: its messages are refused',
  })
  @IsOptional()
  @IsString()
  readonly webhookPublicKey?: string;

  @Env('SENDGRID_API_URL', {
    description: 'where SendGrid’s API answers; empty for its own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;
}

export function sendgridUrl({ apiUrl, region }: SendgridConfig): string {
  return apiUrl ?? (region === 'eu' ? 'https://api.eu.sendgrid.com' : 'https://api.sendgrid.com');
}
