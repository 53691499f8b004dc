import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type BaseTransportOptions, createTransport, type Transport } from '@sentry/core';
import { ServerRuntimeClient } from '@sentry/core/server';
import type { Counter } from 'prom-client';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { AppConfig } from '../../config/app.config.js';
import { Metrics } from '../metrics/metrics.js';
import { ErrorReportsConfig } from './error-reports.config.js';
import { errorEvent, type LoggedError } from './error-event.js';

const patienceMs = 3_000;

/** Tells an error tracker of every error that is logged, when SENTRY_DSN names one. It never fails, and nobody waits for it. */
@Injectable()
export class ErrorReports implements OnApplicationShutdown {
  private readonly client: ServerRuntimeClient | null;
  private readonly budget: RateLimiterMemory;
  private readonly reports: Counter<'result'>;

  constructor(
    config: ErrorReportsConfig,
    private readonly app: AppConfig,
    metrics: Metrics,
  ) {
    this.budget = new RateLimiterMemory({ points: config.perMinute, duration: 60 });
    this.reports = metrics.counter({
      name: 'error_reports_total',
      help: 'Errors that the tracker has taken (sent), has not (failed), or that were too many (dropped).',
      labelNames: ['result'],
    });
    this.client = config.dsn ? this.clientOf(config.dsn, app) : null;
    this.client?.init();
  }

  report(error: LoggedError): void {
    const { client } = this;
    if (!client) return;
    const event = errorEvent(error, this.app.role);
    this.budget.consume('all').then(
      () => client.captureEvent(event),
      () => this.reports.inc({ result: 'dropped' }),
    );
  }

  /** Waits until what was reported is sent, at most a few seconds. */
  async flush(): Promise<void> {
    await this.client?.flush(patienceMs);
  }

  /** Last of all, so that what goes wrong in the shutdown is told too. */
  onApplicationShutdown(): Promise<void> {
    return this.flush();
  }

  private clientOf(dsn: string, { environment, release }: AppConfig): ServerRuntimeClient {
    return new ServerRuntimeClient({
      dsn,
      environment,
      ...(release && { release }),
      platform: 'node',
      runtime: { name: 'node', version: process.version },
      // Nothing is gathered by itself: an event holds what errorEvent() puts there.
      integrations: [],
      traceLifecycle: 'static',
      sendClientReports: false,
      stackParser: () => [],
      transport: (options) => this.transport(options),
    });
  }

  private transport(options: BaseTransportOptions): Transport {
    return createTransport(options, async ({ body }) => {
      const answer = await fetch(options.url, {
        method: 'POST',
        headers: { ...options.headers, 'content-type': 'application/x-sentry-envelope' },
        body: body as string,
        signal: AbortSignal.timeout(patienceMs),
      }).catch((error: unknown) => {
        this.reports.inc({ result: 'failed' });
        throw error;
      });
      await answer.body?.cancel();
      this.reports.inc({ result: answer.ok ? 'sent' : 'failed' });
      return {
        statusCode: answer.status,
        headers: {
          'x-sentry-rate-limits': answer.headers.get('x-sentry-rate-limits'),
          'retry-after': answer.headers.get('retry-after'),
        },
      };
    });
  }
}
