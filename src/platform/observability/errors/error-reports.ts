import type { OnApplicationShutdown } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { AppConfig } from '../../config/app.config.js';
import type { Metrics } from '../metrics/metrics.js';
import type { ErrorReportsConfig } from './error-reports.config.js';
import type { LoggedError } from './error-event.js';
import type { ErrorTracker } from './error-tracker.js';

/** Tells an error tracker of every error that is logged, when SENTRY_DSN names one. It never fails, and nobody waits for it. */
export class ErrorReports implements OnApplicationShutdown {
  private readonly budget: RateLimiterMemory;

  private constructor(
    perMinute: number,
    private readonly tracker: ErrorTracker | null,
    private readonly reports: Counter<'result'>,
  ) {
    this.budget = new RateLimiterMemory({ points: perMinute, duration: 60 });
  }

  /** The tracker's library is loaded where one is named. */
  static async open({ dsn, perMinute }: ErrorReportsConfig, app: AppConfig, metrics: Metrics): Promise<ErrorReports> {
    const reports: Counter<'result'> = metrics.counter({
      name: 'error_reports_total',
      help: 'Errors that the tracker has taken (sent), has not (failed), or that were too many (dropped).',
      labelNames: ['result'],
    });
    const tracker = dsn ? new (await import('./error-tracker.js')).ErrorTracker(dsn, app, reports) : null;
    return new ErrorReports(perMinute, tracker, reports);
  }

  report(error: LoggedError): void {
    if (!this.tracker) return;
    const send = this.tracker.prepared(error);
    this.budget.consume('all').then(send, () => this.reports.inc({ result: 'dropped' }));
  }

  /** Waits until what was reported is sent, at most a few seconds. */
  async flush(): Promise<void> {
    await this.tracker?.flush();
  }

  /** Last of all, so that what goes wrong in the shutdown is told too. */
  onApplicationShutdown(): Promise<void> {
    return this.flush();
  }
}
