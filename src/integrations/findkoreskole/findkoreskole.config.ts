import { IsOptional, IsString, IsUrl } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';

@ConfigSection('Directory: findkoreskole.dk')
export class FindkoreskoleConfig {
  @Env('FINDKORESKOLE_WEBHOOK_URL', {
    description:
      'where the directory hears of changed schools and of its leads; empty: it is not told, and asks for changes itself',
    example: 'https://findkoreskole.example/hooks/just-driving',
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly webhookUrl?: string;

  @Env('FINDKORESKOLE_WEBHOOK_SECRET', {
    description: 'signs what it is told, by Standard Webhooks: whsec_… in Base64; needed with the address',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly webhookSecret?: string;
}
