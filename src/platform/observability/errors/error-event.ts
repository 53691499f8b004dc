import { createStackParser, type ErrorEvent, type Exception } from '@sentry/core';
import { nodeStackLineParser } from '@sentry/core/server';
import { currentSchoolOrNull } from '../../tenancy/tenancy.js';
import { logContext } from '../log-context.js';
import { errorForLog, redact } from '../redaction.js';
import { currentTraceId } from '../tracing/spans.js';

/** What is told of an error: as much as its log line says. */
export interface LoggedError {
  readonly level: 'error' | 'fatal';
  readonly message: string | undefined;
  /** The line's object, as it was given to the logger: redacted here. */
  readonly line: Readonly<Record<string, unknown>>;
}

const parseStack = createStackParser(nodeStackLineParser());

/** A report in Sentry's form. It holds what the log line holds and no more: ids, names of code, and texts without persons. */
export function errorEvent({ level, message, line }: LoggedError, role: string): ErrorEvent {
  const { err, context, ...rest } = line;
  const schoolId = currentSchoolOrNull();
  const traceId = currentTraceId();
  return {
    type: undefined,
    level,
    ...(typeof context === 'string' && { logger: context }),
    ...(message && { message: String(redact(message)) }),
    ...(err instanceof Error && { exception: { values: causes(err).map(exception).toReversed() } }),
    tags: { role, ...logContext(), ...(schoolId && { schoolId }), ...(traceId && { traceId }) },
    extra: redact(rest) as Record<string, unknown>,
  };
}

const deepest = 4;

function causes(error: Error, depth = 0): Error[] {
  const { cause } = error;
  return cause instanceof Error && depth < deepest ? [error, ...causes(cause, depth + 1)] : [error];
}

function exception(error: Error): Exception {
  const { type, message, stack } = errorForLog(error) as { type: string; message: string; stack: string };
  return { type, value: message, stacktrace: { frames: parseStack(`${type}\n${stack}`) } };
}
