import type { Params } from 'nestjs-pino';
import { currentSchoolOrNull } from '../tenancy/tenancy.js';
import { logContext } from './log-context.js';
import { errorForLog, redact } from './redaction.js';

// Nest names each module and route at boot: hundreds of lines that nobody reads, and the OpenAPI document says it better.
const bootContexts = new Set(['InstanceLoader', 'RoutesResolver', 'RouterExplorer']);

/** How the application logs: one JSON line an event, with request, job and school ids, without secrets and persons. */
export function loggingParams(level: string): Params {
  return {
    pinoHttp: {
      level,
      base: { pid: process.pid },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (line) => redact(line) as Record<string, unknown>,
      },
      hooks: {
        logMethod(line, method) {
          const { context } = line[0] as { context?: string };
          if (!bootContexts.has(context ?? '')) method.apply(this, line);
        },
      },
      serializers: { err: errorForLog },
      mixin: () => {
        const schoolId = currentSchoolOrNull();
        return { ...logContext(), ...(schoolId && { schoolId }) };
      },
    },
    // Requests are logged by a hook of our own: it costs less than a middleware and knows the route.
    forRoutes: [],
  };
}
