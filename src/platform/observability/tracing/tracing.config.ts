import { IsInt, IsNumber, IsOptional, IsString, IsUrl, Max, Min } from 'class-validator';
import { ConfigSection, Env } from '../../config/config.section.js';
import { listed } from '../../config/listed.js';

/** The names are OpenTelemetry's own. */
@ConfigSection('Metrics and traces')
export class TracingConfig {
  @Env('OTEL_EXPORTER_OTLP_ENDPOINT', {
    description:
      'where an OpenTelemetry collector takes traces by OTLP over HTTP (/v1/traces is added); empty: no tracing',
    example: 'http://127.0.0.1:4318',
  })
  @IsOptional()
  @IsUrl({ require_tld: false })
  readonly endpoint?: string;

  @Env('OTEL_EXPORTER_OTLP_HEADERS', {
    description: 'headers the collector wants, as name=value, separated by commas',
    example: 'x-api-key=secret',
    secret: true,
    default: '',
  })
  @IsString()
  readonly headerList: string;

  @Env('OTEL_SERVICE_NAME', { description: 'what traces call this installation', default: 'just-driving' })
  @IsString()
  readonly serviceName: string;

  @Env('OTEL_TRACES_SAMPLER_ARG', { description: 'the share of traces that are kept, from 0 to 1', default: 1 })
  @IsNumber()
  @Min(0)
  @Max(1)
  readonly sampled: number;

  @Env('OTEL_BSP_SCHEDULE_DELAY', {
    description: 'how often finished spans are sent, in milliseconds',
    default: 5_000,
  })
  @IsInt()
  @Min(10)
  @Max(60_000)
  readonly sendEveryMs: number;

  get headers(): Record<string, string> {
    return Object.fromEntries(
      listed(this.headerList).map((pair) => {
        const [name = '', ...value] = pair.split('=');
        return [name.trim(), value.join('=').trim()];
      }),
    );
  }
}
