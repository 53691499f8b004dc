import { AsyncLocalStorage } from 'node:async_hooks';

/** What every log line of a request or job carries: ids, nothing personal. */
export type LogContext = Readonly<Record<string, string>>;

const contexts = new AsyncLocalStorage<LogContext>();

/** Runs the work with these members added to all its log lines. */
export function withLogContext<T>(context: LogContext, work: () => T): T {
  return contexts.run({ ...contexts.getStore(), ...context }, work);
}

export function logContext(): LogContext {
  return contexts.getStore() ?? {};
}
