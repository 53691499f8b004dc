import { IsInt, IsOptional, IsString, Max, Min, MinLength } from 'class-validator';
import { ConfigSection, Env } from '../../config/config.section.js';

@ConfigSection('Metrics and traces')
export class MetricsConfig {
  @Env('METRICS_TOKEN', {
    description:
      'the bearer token that /metrics asks for, at least 16 characters; without one it answers this machine alone, and nobody in staging and production',
    secret: true,
  })
  @IsOptional()
  @IsString()
  @MinLength(16)
  readonly token?: string;

  @Env('METRICS_FRESH_SECONDS', {
    description: 'how long what /metrics has read from database and Redis is answered again',
    default: 5,
  })
  @IsInt()
  @Min(0)
  @Max(300)
  readonly freshSeconds: number;
}
