import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { AsyncLocalStorage } from 'node:async_hooks';

/** The span that the running code belongs to, and who makes its children. */
export interface Active {
  readonly span: Span;
  readonly kind: SpanKind;
  readonly tracer: Tracer;
}

const active = new AsyncLocalStorage<Active | null>();

/** What a span tells: names of code, ids and codes. No addresses, no values of statements, nothing of a person's. */
export interface SpanOptions {
  readonly kind?: SpanKind;
  readonly attributes?: Attributes;
}

/** Runs the work as a part of the current trace; without one it is just run. */
export function inSpan<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T> {
  const current = active.getStore();
  if (!current) return work();
  return runIn(startChild(current, name, options), work);
}

/** Runs the work in the span, which ends with it. */
export function runIn<T>(begun: Active, work: () => Promise<T>): Promise<T> {
  return active.run(begun, async () => {
    try {
      return await work();
    } catch (error) {
      failed(begun.span, error);
      throw error;
    } finally {
      begun.span.end();
    }
  });
}

/** Enters a span that somebody else ends. */
export function enter<T>(begun: Active, work: () => T): T {
  return active.run(begun, work);
}

/** The work serves many traces, or none: it belongs to no one's. */
export function untraced<T>(work: () => T): T {
  return active.run(null, work);
}

/** What the running code belongs to; null without a trace. */
export function activeSpan(): Active | null {
  return active.getStore() ?? null;
}

/** A part of a span, which the caller ends. */
export function startChild({ span, tracer }: Active, name: string, options: SpanOptions): Active {
  const { kind = SpanKind.INTERNAL, attributes } = options;
  return { span: tracer.startSpan(name, { kind, attributes }, trace.setSpan(ROOT_CONTEXT, span)), kind, tracer };
}

/** Says of the current span that it failed, where the error goes no further. */
export function spanFailed(error: unknown): void {
  const span = active.getStore()?.span;
  if (span) failed(span, error);
}

/** The kind of the error alone: its message may quote somebody. */
export function failed(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Error ? error.constructor.name : typeof error);
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/** Null without a trace, and when this one is not kept. */
export function currentTraceId(): string | null {
  const context = active.getStore()?.span.spanContext();
  return context && context.traceFlags & 1 ? context.traceId : null;
}

/** The current span as W3C Trace Context writes it, for whoever carries the work on. */
export function traceParent(): string | null {
  const context = active.getStore()?.span.spanContext();
  if (!context) return null;
  return `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, '0')}`;
}
