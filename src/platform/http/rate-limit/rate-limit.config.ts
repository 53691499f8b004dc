import { IsInt, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../config/config.section.js';

@ConfigSection('HTTP')
export class RateLimitConfig {
  @Env('RATE_LIMIT_PER_CALLER', {
    description: 'requests a minute that one user or API key may send to one process; 0: any number',
    default: 600,
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly perCaller: number;

  @Env('RATE_LIMIT_PER_ADDRESS', {
    description:
      'requests a minute from one address to one process, before anybody is signed in; a school sits behind one address; 0: any number',
    default: 3000,
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly perAddress: number;

  @Env('RATE_LIMIT_PERCENT', {
    description: 'how much of the limits that single routes declare is allowed: 200 doubles them; 0: any number',
    default: 100,
  })
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  readonly percent: number;
}
