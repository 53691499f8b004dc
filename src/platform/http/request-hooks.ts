import type { EntityManager } from '@mikro-orm/core';
import { Logger } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { withActingScope } from '../audit/acting.js';
import { withOwnEntityManager } from '../database/context.js';
import { withLogContext } from '../observability/log-context.js';
import { withTenancyScope } from '../tenancy/tenancy.js';
import { newId } from '../values/id.js';
import { sendProblem } from './problem.filter.js';
import { RouteNotFound } from './request-problems.js';
import { securityHeaders, transportSecurity } from './security-headers.js';

const wellFormed = /^[\w.-]{8,128}$/;

/** The caller's `X-Request-Id` when it is harmless, else a new one. */
export function requestId(request: { headers: Record<string, string | string[] | undefined> }): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && wellFormed.test(given) ? given : newId();
}

/** What happens around every request: its id, the security headers, its own EntityManager and tenancy scope, one log line. */
export function addRequestHooks(server: FastifyInstance, em: EntityManager, publicUrl: string): void {
  const transport = transportSecurity(publicUrl);
  const logger = new Logger('Http');
  server.addHook('onRequest', (request, reply, done) => {
    reply.headers({ 'x-request-id': request.id, ...securityHeaders(request.url), ...transport });
    done();
  });
  // Not in onRequest: the body arrives by events of the socket, outside of the scope that an earlier hook opens.
  server.addHook('preValidation', (request, _reply, done) => {
    withLogContext({ requestId: request.id }, () =>
      withOwnEntityManager(em, () => withTenancyScope(() => withActingScope(done))),
    );
  });
  server.addHook('onResponse', (request, reply, done) => {
    if (!isForMonitors(request)) logger.log(requestLine(request, reply.statusCode, reply.elapsedTime));
    done();
  });
}

/** A worker opens its port for the questions of balancer, orchestrator and monitor, not for the API. */
export function answerMonitorsAlone(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    if (isForMonitors(request)) return done();
    sendProblem(request, reply, new RouteNotFound());
  });
}

function requestLine(request: FastifyRequest, status: number, milliseconds: number): object {
  const { schoolId } = (request.params ?? {}) as Record<string, string | undefined>;
  return {
    requestId: request.id,
    ...(schoolId && { schoolId }),
    method: request.method,
    // The pattern, not the address: that may hold somebody's name.
    route: request.routeOptions.url ?? 'unknown',
    status,
    milliseconds: Math.round(milliseconds * 10) / 10,
    msg: 'request',
  };
}

function isForMonitors({ routeOptions: { url } }: FastifyRequest): boolean {
  return url === '/metrics' || (url?.startsWith('/health/') ?? false);
}
