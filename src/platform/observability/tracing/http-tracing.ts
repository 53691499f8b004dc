import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import { Injectable } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Active, enter } from './spans.js';
import { Tracing } from './tracing.js';

/** A span around each request, in the trace that its `traceparent` names or in one of its own. */
@Injectable()
export class HttpTracing {
  constructor(private readonly tracing: Tracing) {}

  /** Adds nothing when nothing is traced. */
  watch(server: FastifyInstance): void {
    const { tracing } = this;
    if (!tracing.tracer) return;
    const begun = new WeakMap<FastifyRequest, Active>();
    server.addHook('onRequest', (request, _reply, done) => {
      const route = request.routeOptions.url ?? 'unknown';
      const attributes = { 'http.request.method': request.method, 'http.route': route, 'jd.request_id': request.id };
      const parent = request.headers['traceparent'];
      const options = { kind: SpanKind.SERVER, attributes, parent: typeof parent === 'string' ? parent : null };
      begun.set(request, tracing.begin(`${request.method} ${route}`, options)!);
      done();
    });
    // Not in onRequest: see addRequestHooks.
    server.addHook('preValidation', (request, _reply, done) => {
      enter(begun.get(request)!, done);
    });
    server.addHook('onResponse', (request, reply, done) => {
      // None for what was refused before any hook could see it.
      const span = begun.get(request)?.span;
      span?.setAttribute('http.response.status_code', reply.statusCode);
      if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
      done();
    });
  }
}
