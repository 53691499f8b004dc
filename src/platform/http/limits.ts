import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Problem } from './problem.js';
import { sendProblem } from './problem.filter.js';
import { AddressTooLong, HeadersTooLarge, MalformedRequest } from './request-problems.js';

const maxHeaderBytes = 16 * 1024;
const maxHeaders = 100;
const maxAddressLength = 4096;

/** What the server takes, and how long it waits for it: whoever sends a byte a minute holds no connection for long. */
export const serverLimits = {
  /** For all of a request; an upload over a telephone's connection fits. */
  requestTimeout: 120_000,
  /** For a connection on which nothing moves; whoever streams sends signs of life more often. */
  connectionTimeout: 120_000,
  http: {
    maxHeaderSize: maxHeaderBytes,
    headersTimeout: 10_000,
    connectionsCheckingInterval: 5_000,
    // Refused below, with an explanation.
    requireHostHeader: false,
  },
} as const;

/** Refuses what no client of ours sends before anything else looks at it. */
export function refuseExcess(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const problem = excessOf(request);
    if (!problem) return done();
    sendProblem(request, reply, problem);
  });
}

function excessOf({ raw, headers }: FastifyRequest): Problem | null {
  if (raw.url!.length > maxAddressLength) return new AddressTooLong();
  if (raw.rawHeaders.length > 2 * maxHeaders) return new HeadersTooLarge();
  // HTTP/1.1 demands it, and links in answers are made of it.
  return headers.host === undefined && raw.httpVersion === '1.1' ? new MalformedRequest() : null;
}
