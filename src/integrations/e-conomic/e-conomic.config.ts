import { IsInt, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../platform/config/config.section.js';
import { vendorsOwn } from '../../platform/config/safety.js';

/** Bound when ECONOMIC_APP_SECRET_TOKEN is set: a platform without e-conomic needs none of them. */
@ConfigSection('Accounting: e-conomic')
export class EconomicConfig {
  @Env('ECONOMIC_APP_SECRET_TOKEN', {
    description: 'the app’s secret token at e-conomic; empty: no school can connect to e-conomic',
    secret: true,
  })
  @IsOptional()
  @IsString()
  readonly appSecretToken?: string;

  @Env('ECONOMIC_API_URL', {
    description: 'where e-conomic’s API answers; empty for its own address',
    example: 'http://127.0.0.1:4100/e-conomic',
    unsafe: vendorsOwn,
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly apiUrl?: string;

  @Env('ECONOMIC_JOURNAL', {
    description:
      'the name of the journal (kassekladde) that we write into; the first one where there is none of that name',
    default: 'Just Driving',
  })
  @IsString()
  readonly journal: string;

  @Env('ECONOMIC_CALLS_PER_SECOND', {
    description: 'how often one agreement’s books may be asked in a second',
    default: 10,
  })
  @IsInt()
  @Min(1)
  @Max(1_000)
  readonly callsPerSecond: number;

  @Env('ECONOMIC_TIMEOUT_MS', { description: 'how long one call may take, in milliseconds', default: 10_000 })
  @IsInt()
  @Min(100)
  @Max(60_000)
  readonly timeoutMs: number;
}
