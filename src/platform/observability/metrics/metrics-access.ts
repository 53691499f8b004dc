import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AppConfig } from '../../config/app.config.js';
import { Unauthorized } from '../../http/problem.js';
import { ResourceNotFound } from '../../http/request-problems.js';
import { isSameSecret } from '../../webhooks/proofs.js';
import { MetricsConfig } from './metrics.config.js';

const thisMachine = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** 401 `metrics.token_required`: METRICS_TOKEN is set, and the request does not carry it. */
export class MetricsTokenRequired extends Unauthorized {
  constructor() {
    super('metrics.token_required', {
      en: 'Send the token from METRICS_TOKEN as a bearer token.',
      da: 'Send værdien af METRICS_TOKEN som bearer-token.',
    });
  }
}

/** Who may read the metrics: whoever has the token; without a token this machine, and nobody where it matters. */
@Injectable()
export class MetricsAccess {
  private readonly isLaptop: boolean;

  constructor(
    private readonly config: MetricsConfig,
    app: AppConfig,
  ) {
    this.isLaptop = ['local', 'test'].includes(app.environment);
  }

  /** @throws MetricsTokenRequired, ResourceNotFound */
  check({ headers, ip }: FastifyRequest): void {
    const { token } = this.config;
    if (token !== undefined) {
      if (!isSameSecret(headers.authorization ?? '', `Bearer ${token}`)) throw new MetricsTokenRequired();
      return;
    }
    // Behind a proxy on the same machine every caller may look like this machine, so not where a proxy is likely.
    if (!this.isLaptop || !thisMachine.includes(ip)) throw new ResourceNotFound();
  }
}
