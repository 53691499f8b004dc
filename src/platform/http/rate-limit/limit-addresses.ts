import type { FastifyInstance } from 'fastify';
import { asProblem } from '../as-problem.js';
import { sendProblem } from '../problem.filter.js';
import type { RateLimits } from './rate-limits.js';

// Monitors ask all the time, and a provider's few addresses bring the news of every school.
const uncounted = ['/health/', '/metrics', '/webhooks/'];

/** True for the paths whose requests are counted. */
export function isCounted(path: string): boolean {
  return !uncounted.some((each) => path.startsWith(each));
}

/** Counts what comes from each address, before anybody looks at it. */
export function limitAddresses(server: FastifyInstance, limits: RateLimits): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!isCounted(request.routeOptions.url ?? '')) return undefined;
    try {
      await limits.countAddress(request, reply);
      return undefined;
    } catch (error) {
      sendProblem(request, reply, asProblem(error));
      return reply;
    }
  });
}
