import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import type { AppConfig } from '../../config/app.config.js';
import { MetricsAccess } from './metrics-access.js';

const token = 'a-token-for-prometheus';

function check(environment: string, config: { token?: string }, from: { ip: string; authorization?: string }): void {
  const access = new MetricsAccess({ freshSeconds: 5, ...config }, { environment } as AppConfig);
  access.check({ ip: from.ip, headers: { authorization: from.authorization } } as FastifyRequest);
}

describe('who may read the metrics', () => {
  it.each(['local', 'test'])('without a token: this machine in %s', (environment) => {
    expect(() => check(environment, {}, { ip: '127.0.0.1' })).not.toThrow();
    expect(() => check(environment, {}, { ip: '10.0.0.9' })).toThrow('nothing here');
  });

  it.each(['staging', 'production'])('without a token: nobody in %s', (environment) => {
    expect(() => check(environment, {}, { ip: '127.0.0.1' })).toThrow('nothing here');
    expect(() => check(environment, {}, { ip: '127.0.0.1', authorization: 'Bearer undefined' })).toThrow(
      'nothing here',
    );
  });

  it('with a token: whoever shows it, from wherever', () => {
    expect(() => check('production', { token }, { ip: '10.0.0.9', authorization: `Bearer ${token}` })).not.toThrow();
    expect(() => check('local', { token }, { ip: '127.0.0.1' })).toThrow('METRICS_TOKEN');
  });
});
