import type { FastifyReply } from 'fastify';

/** What became of one policy when a request was counted. */
export interface Counted {
  readonly policy: string;
  readonly points: number;
  readonly seconds: number;
  readonly remaining: number;
  readonly resetSeconds: number;
}

/**
 * Says in the answer which limits there are and what is left of each, as draft-ietf-httpapi-ratelimit-headers-10 has it:
 * `RateLimit-Policy: "caller";q=600;w=60` and `RateLimit: "caller";r=599;t=60`.
 */
export function tellLimit(reply: FastifyReply, { policy, points, seconds, remaining, resetSeconds }: Counted): void {
  append(reply, 'ratelimit-policy', `"${policy}";q=${points};w=${seconds}`);
  append(reply, 'ratelimit', `"${policy}";r=${remaining};t=${resetSeconds}`);
}

function append(reply: FastifyReply, name: string, item: string): void {
  const known = reply.getHeader(name);
  reply.header(name, known === undefined ? item : `${String(known)}, ${item}`);
}
