import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { entityTagOf, isKnown } from './entity-tag.js';

const tagged = new WeakSet<FastifyReply>();

/** The answer gets an ETag though it is none to a GET: it is what a GET would answer now. */
export function tagAnswer(reply: FastifyReply): void {
  tagged.add(reply);
}

/** Gives each JSON answer to a GET its ETag, and nothing but 304 to whoever has it already. Files and streams have none. */
export function tagAnswers(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, payload, done) => {
    if (!isTagged(request, reply, payload)) return done(null, payload);
    const tag = entityTagOf(payload);
    // May be kept, by the one who asked, and is shown again only once we said that it still holds.
    reply.headers({ etag: tag, 'cache-control': 'private, no-cache' });
    const known = request.headers['if-none-match'];
    if (!isRead(request) || known === undefined || !isKnown(known, tag)) return done(null, payload);
    reply.code(304).removeHeader('content-type').removeHeader('content-length');
    done(null, '');
  });
}

function isTagged(request: FastifyRequest, reply: FastifyReply, payload: unknown): payload is string {
  if (typeof payload !== 'string' || reply.statusCode !== 200 || !(isRead(request) || tagged.has(reply))) return false;
  return String(reply.getHeader('content-type')).startsWith('application/json');
}

/** Not what monitors ask: that is never the same twice for long. */
function isRead({ method, routeOptions }: FastifyRequest): boolean {
  return (method === 'GET' || method === 'HEAD') && isOfApi(routeOptions.url ?? '');
}

/** True for the addresses whose reads have a tag. */
export function isOfApi(path: string): boolean {
  return path.startsWith('/v1/') || path.startsWith('/partner/v1/');
}
