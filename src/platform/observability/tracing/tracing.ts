import { type Context, ROOT_CONTEXT, SpanKind, trace, type Tracer } from '@opentelemetry/api';
import { type ExportResult, ExportResultCode, parseTraceParent } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  type ReadableSpan,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { AppConfig } from '../../config/app.config.js';
import { Metrics } from '../metrics/metrics.js';
import { type Active, runIn, type SpanOptions } from './spans.js';
import { TracingConfig } from './tracing.config.js';

interface BeginningOptions extends SpanOptions {
  /** The span that caused it, as W3C Trace Context writes it; without one a trace begins. */
  readonly parent?: string | null;
}

const patienceMs = 5_000;

/** Where traces begin or are taken up, and where they go. Without OTEL_EXPORTER_OTLP_ENDPOINT there are none, and nothing is spent on them. */
@Injectable()
export class Tracing implements OnApplicationShutdown {
  /** Null when nothing is traced. */
  readonly tracer: Tracer | null;
  private readonly provider: TracerProvider | null;

  constructor(config: TracingConfig, app: AppConfig, metrics: Metrics) {
    this.provider = config.endpoint ? providerOf(config, app, metrics) : null;
    this.tracer = this.provider?.getTracer('just-driving') ?? null;
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

function providerOf(config: TracingConfig, app: AppConfig, metrics: Metrics): TracerProvider {
  // By the trace's id, so that every process decides alike, and a caller cannot have more kept than we want.
  const share = new TraceIdRatioBasedSampler(config.sampled);
  const exporter = new OTLPTraceExporter({
    url: `${config.endpoint!.replace(/\/$/, '')}/v1/traces`,
    headers: config.headers,
    timeoutMillis: patienceMs,
  });
  return new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': config.serviceName,
      'deployment.environment.name': app.environment,
      'process.pid': process.pid,
      'jd.role': app.role,
    }),
    sampler: new ParentBasedSampler({ root: share, remoteParentSampled: share }),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: counted(exporter, metrics),
        exportTimeoutMillis: patienceMs,
        scheduledDelayMillis: config.sendEveryMs,
      }),
    ],
  });
}

/** A collector that is away costs spans, not requests; this is how somebody notices. */
function counted(exporter: SpanExporter, metrics: Metrics): SpanExporter {
  const exported: Counter<'result'> = metrics.counter({
    name: 'trace_spans_exported_total',
    help: 'Spans that the collector has taken (ok) or not (failed).',
    labelNames: ['result'],
  });
  return {
    export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
      exporter.export(spans, (result) => {
        exported.inc({ result: result.code === ExportResultCode.SUCCESS ? 'ok' : 'failed' }, spans.length);
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
  };
}
