import { IsInt, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../config/config.section.js';

@ConfigSection('Providers')
export class ProvidersConfig {
  @Env('PROVIDER_PAUSE_SECONDS', {
    description: 'how long a provider that has failed five times in a row is left alone before one call tries it again',
    default: 30,
  })
  @IsInt()
  @Min(1)
  @Max(3_600)
  readonly pauseSeconds: number;
}
