import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults/faults.js';
import type { FindkoreskoleServer } from './findkoreskole-server.js';

const slowMs = 3_000;
const hangUpAfterMs = 30_000;

/** `/findkoreskole/hooks`: where the directory hears of changes, with faults on demand. */
export function serveFindkoreskoleHooks(http: FastifyInstance, server: FindkoreskoleServer, faults: Faults): void {
  http.register(async (scope) => {
    // A signature is of the bytes.
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) => done(null, text));
    scope.post('/findkoreskole/hooks', async (request, reply) => {
      const fault = faults.take('findkoreskole', 'hooks');
      if (fault?.kind === 'error_500') return reply.status(500).send();
      if (fault?.kind === 'rate_limited') return reply.status(429).header('retry-after', '1').send();
      if (fault?.kind === 'slow') await pause(fault.delayMs ?? slowMs);
      const hear = () => server.hear(String(request.body), request.headers);
      if (fault?.kind === 'timeout_before' || fault?.kind === 'timeout_after_acting') {
        if (fault.kind === 'timeout_after_acting') hear();
        reply.hijack();
        setTimeout(() => reply.raw.destroy(), fault.delayMs ?? hangUpAfterMs).unref();
        return reply;
      }
      const status = hear();
      // It reads on once it has answered; what goes wrong then, the next webhook or visit mends.
      if (status === 200 && server.isConnected)
        reply.raw.once('close', () => void server.sync().catch(() => undefined));
      return reply.status(status).send();
    });
  });
}
