import { IsInt, IsOptional, IsString, IsUrl, Max, Min, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

const bound = ({ apiKey }: EteoriConfig) => apiKey !== undefined;

/** Bound when ETEORI_API_KEY is set: a platform without e-teori.dk needs none of them. */
@ConfigSection('Theory: e-teori.dk')
export class EteoriConfig {
  @Env('ETEORI_API_KEY', {
    description: 'the platform’s API key at e-teori.dk; empty: no school can use it',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly apiKey?: string;

  @Env('ETEORI_SIGNING_SECRET', { description: 'signs what we ask of e-teori.dk', secret: true })
  @ValidateIf(bound)
  @IsString()
  readonly signingSecret: string;

  @Env('ETEORI_WEBHOOK_SECRET', {
    description: 'signs what e-teori.dk sends to {PUBLIC_URL}/webhooks/e-teori',
    secret: true,
  })
  @ValidateIf(bound)
  @IsString()
  readonly webhookSecret: string;

  @Env('ETEORI_API_URL', {
    description: 'where e-teori.dk answers; empty for its own address',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;

  @Env('ETEORI_TIMEOUT_MS', { description: 'how long one call may take, in milliseconds', default: 8_000 })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly timeoutMs: number;
}
