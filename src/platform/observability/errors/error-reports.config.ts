import { IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../config/config.section.js';
import { isLoopback } from '../../config/safety.js';

@ConfigSection('Error reports')
export class ErrorReportsConfig {
  @Env('SENTRY_DSN', {
    description:
      'where errors are told: the DSN of a project at Sentry, or at what speaks its protocol; empty: nowhere',
    example: 'https://key@errors.example/1',
    secret: true,
    unsafe: (value) =>
      value.startsWith('https://') || isLoopback(value)
        ? undefined
        : 'must begin with https://: it leaves this machine',
  })
  @IsOptional()
  @IsString()
  @Matches(/^https?:\/\/\w+(:\w+)?@[^/@]+\/(.+\/)?\d+$/, { message: 'must look like https://key@host/1' })
  readonly dsn?: string;

  @Env('ERROR_REPORTS_PER_MINUTE', {
    description: 'how many errors a process tells at most; all of them are in its log',
    default: 60,
  })
  @IsInt()
  @Min(1)
  @Max(10_000)
  readonly perMinute: number;
}
