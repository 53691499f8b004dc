import { type ExportResult, ExportResultCode } from '@opentelemetry/core';
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
import type { Counter } from 'prom-client';
import type { AppConfig } from '../../config/app.config.js';
import type { Metrics } from '../metrics/metrics.js';
import type { TracingConfig } from './tracing.config.js';

const patienceMs = 5_000;

/** Gathers spans and sends them to the collector. */
export function providerOf(config: TracingConfig, app: AppConfig, metrics: Metrics): TracerProvider {
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
