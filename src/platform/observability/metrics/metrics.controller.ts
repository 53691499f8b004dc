import { Controller, Get, Header, Req } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Registry } from 'prom-client';
import { Public } from '../../auth/public.js';
import { Operation } from '../../http/operation.js';
import { ResourceNotFound } from '../../http/request-problems.js';
import { MetricsTokenRequired } from './metrics-access.js';
import { ReadMetrics } from './read-metrics.js';

@Controller('metrics')
@ApiTags('Health')
export class MetricsController {
  constructor(private readonly readMetrics: ReadMetrics) {}

  @Get()
  @Public('Prometheus has no account; it shows METRICS_TOKEN')
  @Header('content-type', Registry.PROMETHEUS_CONTENT_TYPE)
  @Operation({
    id: 'getMetrics',
    summary: 'The numbers of this process, for Prometheus',
    description:
      'Send `METRICS_TOKEN` as a bearer token. Without that setting the address answers a laptop alone, and is not found elsewhere.',
    file: 'text/plain',
    problems: [MetricsTokenRequired, ResourceNotFound],
  })
  read(@Req() request: FastifyRequest): Promise<string> {
    return this.readMetrics.execute(request);
  }
}
