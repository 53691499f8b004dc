import { IsOptional, IsString, IsUrl } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

@ConfigSection('E-mail: Mailtrap')
export class MailtrapConfig {
  @Env('MAILTRAP_API_TOKEN', {
    description: 'a token that may send from the domain, with MAIL_PROVIDER=mailtrap',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly token?: string;

  @Env('MAILTRAP_WEBHOOK_SECRET', {
    description: 'signs what is posted to {PUBLIC_URL}/webhooks/mailtrap; empty: its messages are refused',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly webhookSecret?: string;

  @Env('MAILTRAP_API_URL', {
    description: 'where Mailtrap’s sending API answers; empty for its own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;
}

export function mailtrapUrl({ apiUrl }: MailtrapConfig): string {
  return apiUrl ?? 'https://send.api.mailtrap.io';
}
