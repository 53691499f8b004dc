import { IsFQDN, IsIn, IsOptional, IsString, IsUrl } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

@ConfigSection('E-mail: Mailgun')
export class MailgunConfig {
  @Env('MAILGUN_API_KEY', {
    description: 'a sending key of the domain, or the account’s, with MAIL_PROVIDER=mailgun',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly apiKey?: string;

  @Env('MAILGUN_DOMAIN', {
    description: 'the sending domain at Mailgun, usually that of MAIL_FROM_ADDRESS',
    example: 'mail.example.com',
  })
  @IsOptional()
  @IsFQDN()
  readonly domain?: string;

  @Env('MAILGUN_REGION', { description: 'us or eu: where the domain is', default: 'eu' })
  @IsIn(['us', 'eu'])
  readonly region: 'us' | 'eu';

  @Env('MAILGUN_WEBHOOK_SIGNING_KEY', {
    description: 'signs what is posted to {PUBLIC_URL}/webhooks/mailgun; empty: its messages are refused',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly signingKey?: string;

  @Env('MAILGUN_API_URL', {
    description: 'where Mailgun’s API answers; empty for its own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;
}

export function mailgunUrl({ apiUrl, region }: MailgunConfig): string {
  return apiUrl ?? (region === 'eu' ? 'https://api.eu.mailgun.net' : 'https://api.mailgun.net');
}
