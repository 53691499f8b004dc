import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { until } from './until.js';

export interface CollectedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly failed: boolean;
}

/** An OpenTelemetry collector that remembers. */
export interface Collector {
  readonly url: string;
  /** What came, as it came. */
  readonly bodies: readonly string[];
  readonly spans: readonly CollectedSpan[];
  /** The spans of a trace that a caller began, once one of that name is among them and each but the first has its parent there. */
  trace(traceId: string, name: string): Promise<CollectedSpan[]>;
  close(): Promise<void>;
}

interface Export {
  resourceSpans: { scopeSpans: { spans: (Omit<CollectedSpan, 'attributes'> & SentSpan)[] }[] }[];
}

interface SentSpan {
  readonly attributes: { key: string; value: Record<string, unknown> }[];
  readonly status: { code?: number };
}

export async function startCollector(): Promise<Collector> {
  const bodies: string[] = [];
  const spans: CollectedSpan[] = [];
  const server = createServer(async (request, response) => {
    const body = await text(request);
    bodies.push(body);
    spans.push(...spansOf(JSON.parse(body) as Export));
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const of = (traceId: string) => spans.filter((span) => span.traceId === traceId);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    spans,
    trace: async (traceId, name) => {
      await until(() => of(traceId).some((span) => span.name === name) && orphans(of(traceId)).length === 1);
      return of(traceId);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The spans whose parent is not among them. */
export function orphans(spans: readonly CollectedSpan[]): CollectedSpan[] {
  const known = new Set(spans.map(({ spanId }) => spanId));
  return spans.filter(({ parentSpanId }) => !known.has(parentSpanId));
}

/** The names from the trace's beginning to the first span of that name. */
export function pathTo(spans: readonly CollectedSpan[], name: string): string[] {
  const path: string[] = [];
  let span = spans.find((each) => each.name === name);
  while (span) {
    path.unshift(span.name);
    const { parentSpanId } = span;
    span = spans.find((each) => each.spanId === parentSpanId);
  }
  return path;
}

function spansOf({ resourceSpans }: Export): CollectedSpan[] {
  return resourceSpans
    .flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans))
    .map(({ attributes, status, ...span }) => ({
      ...span,
      attributes: Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]])),
      failed: status.code === 2,
    }));
}
