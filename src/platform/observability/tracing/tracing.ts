import { type Context, ROOT_CONTEXT, SpanKind, trace, type Tracer } from '@opentelemetry/api';
import { parseTraceParent } from '@opentelemetry/core';
import type { TracerProvider } from '@opentelemetry/sdk-trace';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { AppConfig } from '../../config/app.config.js';
import type { Metrics } from '../metrics/metrics.js';
import { type Active, runIn, type SpanOptions } from './spans.js';
import type { TracingConfig } from './tracing.config.js';

interface BeginningOptions extends SpanOptions {
  /** The span that caused it, as W3C Trace Context writes it; without one a trace begins. */
  readonly parent?: string | null;
}

/** Where traces begin or are taken up, and where they go. Without OTEL_EXPORTER_OTLP_ENDPOINT there are none, and nothing is spent on them. */
export class Tracing implements OnApplicationShutdown {
  /** Null when nothing is traced. */
  readonly tracer: Tracer | null;

  private constructor(private readonly provider: TracerProvider | null) {
    this.tracer = provider?.getTracer('just-driving') ?? null;
  }

  /** What gathers and sends them is loaded where a collector is named. */
  static async open(config: TracingConfig, app: AppConfig, metrics: Metrics): Promise<Tracing> {
    if (!config.endpoint) return new Tracing(null);
    const { providerOf } = await import('./trace-export.js');
    return new Tracing(providerOf(config, app, metrics));
  }

  /** Runs the work as a trace of its own, or as a part of the one that caused it. */
  run<T>(name: string, options: BeginningOptions, work: () => Promise<T>): Promise<T> {
    const begun = this.begin(name, options);
    return begun ? runIn(begun, work) : work();
  }

  /** A span that the caller ends; null when nothing is traced. */
  begin(name: string, { parent, kind = SpanKind.INTERNAL, attributes }: BeginningOptions): Active | null {
    const { tracer } = this;
    return tracer && { span: tracer.startSpan(name, { kind, attributes }, contextOf(parent)), kind, tracer };
  }

  /** Last of all, so that the spans of the shutdown itself are sent too. */
  async onApplicationShutdown(): Promise<void> {
    await this.provider?.shutdown();
  }
}

function contextOf(parent: string | null | undefined): Context {
  const remote = parent ? parseTraceParent(parent) : null;
  return remote ? trace.setSpanContext(ROOT_CONTEXT, { ...remote, isRemote: true }) : ROOT_CONTEXT;
}
