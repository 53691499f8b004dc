import type { FastifyInstance } from 'fastify';
import type { Socket } from 'node:net';
import type { Readiness } from '../observability/readiness.js';

/**
 * A server that closes waits for requests, and for nothing else. Node itself would go on waiting for connections on which nothing
 * was asked yet (browsers open some ahead), and for those that are kept open after an answer which came while it was closing.
 */
export function closeWithoutWaiting(server: FastifyInstance): void {
  const silent = new Set<Socket>();
  let isClosing = false;
  server.server.on('connection', (socket: Socket) => {
    silent.add(socket);
    socket.once('close', () => silent.delete(socket));
    if (isClosing) socket.destroy();
  });
  server.server.on('request', ({ socket }) => silent.delete(socket));
  server.addHook('preClose', (done) => {
    isClosing = true;
    for (const socket of silent) socket.destroy();
    done();
  });
  server.addHook('onResponse', (_request, _reply, done) => {
    if (isClosing) server.server.closeIdleConnections();
    done();
  });
}

/** A balancer keeps connections open for its next requests: one that it has to let go of now is not cut while a request is under way to us. */
export function endConnectionsWhileDraining(server: FastifyInstance, readiness: Readiness): void {
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (readiness.isDraining) reply.header('connection', 'close');
    done(null, payload);
  });
}
