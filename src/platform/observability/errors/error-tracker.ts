import { type BaseTransportOptions, createTransport, type Transport } from '@sentry/core';
import { ServerRuntimeClient } from '@sentry/core/server';
import type { Counter } from 'prom-client';
import type { AppConfig } from '../../config/app.config.js';
import { errorEvent, type LoggedError } from './error-event.js';

const patienceMs = 3_000;

/** Sentry, or what speaks its protocol. */
export class ErrorTracker {
  private readonly client: ServerRuntimeClient;

  constructor(
    dsn: string,
    private readonly app: AppConfig,
    private readonly reports: Counter<'result'>,
  ) {
    const { environment, release } = app;
    this.client = new ServerRuntimeClient({
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
    this.client.init();
  }

  /** @returns what sends it: the event is as things stand now */
  prepared(error: LoggedError): () => void {
    const event = errorEvent(error, this.app.role);
    return () => void this.client.captureEvent(event);
  }

  /** Waits until what was reported is sent, at most a few seconds. */
  async flush(): Promise<void> {
    await this.client.flush(patienceMs);
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
