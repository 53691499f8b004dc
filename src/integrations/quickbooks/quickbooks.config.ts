import { IsInt, IsOptional, IsString, IsUrl, Max, Min, ValidateIf } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

const bound = ({ clientId }: QuickbooksConfig) => clientId !== undefined;

/** Bound when QUICKBOOKS_CLIENT_ID is set: a platform without QuickBooks needs none of them. */
@ConfigSection('Accounting: QuickBooks Online')
export class QuickbooksConfig {
  @Env('QUICKBOOKS_CLIENT_ID', {
    description: 'the client id of the app at Intuit; empty: no school can connect to QuickBooks',
  })
  @IsOptional()
  @IsString()
  readonly clientId?: string;

  @Env('QUICKBOOKS_CLIENT_SECRET', { description: 'goes with QUICKBOOKS_CLIENT_ID', secret: true })
  @ValidateIf(bound)
  @IsString()
  readonly clientSecret: string;

  @Env('QUICKBOOKS_API_URL', {
    description: 'where QuickBooks’ API, its tokens and its consent page answer; empty for Intuit’s own addresses',
    example: 'http://127.0.0.1:4100/quickbooks',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;

  @Env('QUICKBOOKS_CALLS_PER_MINUTE', {
    description: 'how often one company’s books may be asked in a minute',
    default: 400,
  })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly callsPerMinute: number;

  @Env('QUICKBOOKS_TIMEOUT_MS', { description: 'how long one call may take, in milliseconds', default: 10_000 })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly timeoutMs: number;
}
