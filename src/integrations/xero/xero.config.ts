import { IsInt, IsOptional, IsString, IsUrl, Max, Min, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

const bound = ({ clientId }: XeroConfig) => clientId !== undefined;

/** Bound when XERO_CLIENT_ID is set: a platform without Xero needs none of them. */
@ConfigSection('Accounting: Xero')
export class XeroConfig {
  @Env('XERO_CLIENT_ID', { description: 'the client id of the app at Xero; empty: no school can connect to Xero' })
  @IsOptional()
  @IsString()
  readonly clientId?: string;

  @Env('XERO_CLIENT_SECRET', { description: 'goes with XERO_CLIENT_ID', secret: true })
  @ValidateIf(bound)
  @IsString()
  readonly clientSecret: string;

  @Env('XERO_SCOPES', {
    description: 'what a school is asked to allow; an app from before March 2026 may have the older, wider ones alone',
    default:
      'offline_access accounting.settings.read accounting.contacts accounting.invoices accounting.payments ' +
      'accounting.banktransactions accounting.manualjournals accounting.attachments',
  })
  @IsString()
  readonly scopes: string;

  @Env('XERO_API_URL', {
    description: 'where Xero’s APIs and its consent page answer; empty for its own addresses',
    example: 'http://127.0.0.1:4100',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;

  @Env('XERO_CALLS_PER_MINUTE', { description: 'how often one company’s books may be asked in a minute', default: 60 })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly callsPerMinute: number;

  @Env('XERO_CALLS_PER_SECOND', { description: 'the same in a second', default: 5 })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly callsPerSecond: number;

  @Env('XERO_TIMEOUT_MS', { description: 'how long one call may take, in milliseconds', default: 10_000 })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly timeoutMs: number;
}
