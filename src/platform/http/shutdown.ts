import type { INestApplication } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppConfig } from '../config/app.config.js';
import { ErrorReports } from '../observability/errors/error-reports.js';
import { Readiness } from '../observability/readiness.js';

const patienceMs = 25_000;

/** What nobody caught ends the process, as Node would, but says so in a log line: Node's own would show all that the error carries. */
export function logCrash(app: INestApplication): void {
  process.on('uncaughtException', (error) => {
    new Logger('Crash').fatal({ err: error }, 'nobody caught this');
    const end = (): never => process.exit(1);
    app.get(ErrorReports).flush().then(end, end);
  });
}

/**
 * On SIGTERM, SIGINT, or when the parent process is gone: says "not ready", goes on for DRAIN_SECONDS while balancers notice,
 * takes nothing new, lets requests and jobs finish for at most 25 seconds, lets go of the database and Redis, and exits with 0
 * (1 when it had to give up).
 */
export function stopOnSignal(app: INestApplication): void {
  const logger = new Logger('Shutdown');
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    app.get(Readiness).drain();
    const { answersHttp, drainSeconds } = app.get(AppConfig);
    const drainMs = answersHttp ? drainSeconds * 1_000 : 0;
    logger.log(`stopping (${reason})`);
    const end = (error?: unknown): void => {
      if (error) logger.error({ err: error }, 'stopped before everything was done');
      process.exit(error ? 1 : 0);
    };
    setTimeout(() => end(new Error(`not done within ${patienceMs} ms`)), drainMs + patienceMs).unref();
    sleep(drainMs)
      .then(() => app.close())
      .then(() => end(), end);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // Only a process that was started with a channel to its parent hears of the parent's end; it may have come while booting.
  if (!process.send) return;
  process.on('disconnect', () => stop('parent ended'));
  if (!process.connected) stop('parent ended');
}
