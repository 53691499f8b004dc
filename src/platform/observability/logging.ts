import type { Params } from 'nestjs-pino';
import type { DestinationStream, LoggerOptions } from 'pino';
import { currentSchoolOrNull } from '../tenancy/tenancy.js';
import type { LoggedError } from './errors/error-event.js';
import { logContext } from './log-context.js';
import { currentTraceId } from './tracing/spans.js';
import { messageWithoutPersons, redact } from './redaction.js';

// Nest names each module and route at boot: hundreds of lines that nobody reads, and the OpenAPI document says it better.
const bootContexts = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/**
 * How the application logs: one JSON line an event, with request, job and school ids, without secrets and persons.
 * @param tell hears of each line that says error or fatal
 */
export function loggingParams(
  level: string,
  stream: DestinationStream,
  tell: (error: LoggedError) => void = () => undefined,
): Params {
  return {
    pinoHttp: {
      stream,
      level,
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => redact(line) as Record<string, unknown>,
      },
      hooks: {
        logMethod(line, method, severity) {
          const { context } = line[0] as { context?: string };
          if (!bootContexts.has(context ?? '')) method.apply(this, withCleanMessage(line));
          if (severity >= errorSeverity) tell(loggedError(line, severity));
        },
      },
      // `redact` has made it fit for the log already.
      serializers: { err: (error: unknown) => error },
      mixin: () => {
        const schoolId = currentSchoolOrNull();
        const traceId = currentTraceId();
        return { ...logContext(), ...(schoolId && { schoolId }), ...(traceId && { traceId }) };
      },
    },
    // Requests are logged by a hook of our own: it costs less than a middleware and knows the route.
    forRoutes: [],
  };
}

const errorSeverity = 50;

function loggedError(line: Line, severity: number): LoggedError {
  const [object, message] = line as unknown as [Record<string, unknown>, unknown];
  return {
    level: severity > errorSeverity ? 'fatal' : 'error',
    message: typeof message === 'string' ? message : undefined,
    line: object,
  };
}

type Line = Parameters<NonNullable<NonNullable<LoggerOptions['hooks']>['logMethod']>>[0];

/** The message and its arguments are no part of the object that `redact` gets; a line without one would take the error's own. */
function withCleanMessage(line: Line): Line {
  const [object, ...rest] = line as unknown as [{ err?: unknown }, ...unknown[]];
  if (rest.length === 0 && object.err instanceof Error) rest.push(messageWithoutPersons(object.err));
  return [object, ...rest.map((each) => redact(each))] as unknown as Line;
}
