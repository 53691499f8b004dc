import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { collectDefaultMetrics } from 'prom-client';
import { Measurements } from './measurements.js';
import { MetricsAccess } from './metrics-access.js';
import { Metrics } from './metrics.js';

/** All there is to tell, as Prometheus reads it. */
@Injectable()
export class ReadMetrics implements OnModuleInit {
  constructor(
    private readonly access: MetricsAccess,
    private readonly measurements: Measurements,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    collectDefaultMetrics({ register: this.metrics.registry });
  }

  /** @throws MetricsTokenRequired, ResourceNotFound */
  async execute(request: FastifyRequest): Promise<string> {
    this.access.check(request);
    await this.measurements.refresh();
    return this.metrics.registry.metrics();
  }
}
