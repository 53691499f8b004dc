import { beforeAll, describe, expect, it } from '@jest/globals';
import { ProviderTimeout } from '../../ports/provider-errors.js';
import type { AppConfig } from '../../config/app.config.js';
import { Metrics } from '../metrics/metrics.js';
import { activeSpan, currentTraceId, inSpan, traceParent, untraced } from './spans.js';
import { Tracing } from './tracing.js';
import type { TracingConfig } from './tracing.config.js';

const app = { environment: 'test', role: 'all' } as AppConfig;
// Nobody listens there, and nothing is sent before the spec is done.
const collector = { endpoint: 'http://127.0.0.1:9', headers: {}, serviceName: 'test', sendEveryMs: 3_600_000 };

function tracing(config: Partial<TracingConfig>): Promise<Tracing> {
  return Tracing.open({ ...config } as TracingConfig, app, new Metrics());
}

describe('without a collector', () => {
  it('work is run, and nothing else happens', async () => {
    const seen = await (
      await tracing({})
    ).run('root', {}, () => inSpan('child', {}, async () => [activeSpan(), traceParent()]));
    expect(seen).toEqual([null, null]);
  });
});

describe('a span', () => {
  let kept: Tracing;
  beforeAll(async () => {
    kept = await tracing({ ...collector, sampled: 1 });
  });

  it('takes up the trace that caused it', async () => {
    const parent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const [own, inner] = await kept.run('root', { parent }, async () => {
      const outer = traceParent();
      return [outer, await inSpan('child', {}, async () => traceParent())];
    });
    expect(own).toMatch(/^00-a{32}-[0-9a-f]{16}-01$/);
    expect(inner).toMatch(/^00-a{32}-[0-9a-f]{16}-01$/);
    expect(new Set([parent, own, inner]).size).toBe(3);
  });

  it('lets its error through and ends', async () => {
    const error = new ProviderTimeout('acme: send', 5);
    await expect(kept.run('root', {}, () => inSpan('child', {}, () => Promise.reject(error)))).rejects.toBe(error);
    expect(activeSpan()).toBeNull();
  });

  it('does not claim what serves everybody', async () => {
    expect(await kept.run('root', {}, async () => untraced(() => traceParent()))).toBeNull();
  });

  it('that is not kept is not named in the log', async () => {
    const dropped = await tracing({ ...collector, sampled: 0 });
    const [id, parent] = await dropped.run('root', {}, async () => [currentTraceId(), traceParent()]);
    expect(id).toBeNull();
    // Its deliveries are told, so that they are dropped with it.
    expect(parent).toMatch(/-00$/);
  });
});
