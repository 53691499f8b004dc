import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Metrics } from './metrics.js';

/** How long requests take, by what was asked for and how it ended. */
@Injectable()
export class HttpMetrics {
  constructor(private readonly metrics: Metrics) {}

  watch(server: FastifyInstance): void {
    const duration = this.metrics.histogram({
      name: 'http_request_duration_seconds',
      help: 'Requests by method, route pattern and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    });
    server.addHook('onResponse', (request, reply, done) => {
      const labels = { method: request.method, route: request.routeOptions.url ?? 'unknown', status: reply.statusCode };
      duration.observe(labels, reply.elapsedTime / 1_000);
      done();
    });
  }
}
