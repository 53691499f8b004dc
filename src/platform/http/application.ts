import fastifyCookie from '@fastify/cookie';
import { EntityManager } from '@mikro-orm/mysql';
import type { DynamicModule, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from 'nestjs-pino';
import { AppConfig } from '../config/app.config.js';
import { HttpMetrics } from '../observability/metrics/http-metrics.js';
import { HttpTracing } from '../observability/tracing/http-tracing.js';
import { Readiness } from '../observability/readiness.js';
import { QueueBoard } from '../observability/queue-board.js';
import { compressAnswers } from './compression.js';
import { tagAnswers } from './conditional/tagged-answers.js';
import { refuseBrokenRequest } from './broken-requests.js';
import { closeWithoutWaiting, endConnectionsWhileDraining } from './closing.js';
import { allowOrigins } from './cors.js';
import { HttpConfig } from './http.config.js';
import { isDeeperThan } from './json-depth.js';
import { refuseExcess, serverLimits } from './limits.js';
import { serveApiDocument } from './openapi.js';
import { sendProblem } from './problem.filter.js';
import { limitAddresses } from './rate-limit/limit-addresses.js';
import { RateLimits } from './rate-limit/rate-limits.js';
import { bodyLimit, limitBodies } from './request-body.js';
import { addRequestHooks, answerMonitorsAlone, requestId } from './request-hooks.js';
import { MalformedRequest, RequestTooDeep, RouteNotFound } from './request-problems.js';
import { securityHeaders } from './security-headers.js';
import { acceptUploads } from './upload.js';

const maxJsonDepth = 20;

/** Raw bodies are kept, because webhooks are signed over them. */
export const applicationOptions = {
  rawBody: true,
  bufferLogs: true,
  abortOnError: false,
  return503OnClosing: true,
} as const;

/** The HTTP server under the application; whom it trusts is known once the configuration is read. */
export class HttpAdapter extends FastifyAdapter {
  private readonly proxies: { trusts: (address: string) => boolean };

  constructor() {
    const proxies = { trusts: (_address: string) => false };
    super({
      bodyLimit,
      ...serverLimits,
      genReqId: requestId,
      trustProxy: (address: string) => proxies.trusts(address),
      forceCloseConnections: 'idle',
      // What fails before a route is found passes no filter.
      frameworkErrors: refuseAddress,
      clientErrorHandler: refuseBrokenRequest,
    });
    this.proxies = proxies;
  }

  /** An empty body is no body, whatever its media type: clients send the header with every request. */
  override registerParserMiddleware(prefix?: string, rawBody?: boolean): void {
    const server = this.getInstance();
    const parse = server.getDefaultJsonParser('error', 'error');
    this.useBodyParser('application/json', rawBody === true, { bodyLimit }, (request, body, done) =>
      readJson(body, (json) => parse(request, json, done), done),
    );
    super.registerParserMiddleware(prefix, rawBody);
  }

  trustProxiesOf(config: HttpConfig): void {
    this.proxies.trusts = (address) => config.trusts(address);
  }
}

type Done = (error: Error | null, body?: unknown) => void;

function readJson(body: Buffer, parse: (json: string) => void, done: Done): void {
  if (body.length === 0) return done(null, undefined);
  if (isDeeperThan(maxJsonDepth, body)) return done(new RequestTooDeep());
  parse(body.toString());
}

function refuseAddress({ code }: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  // No hook has run yet.
  reply.headers({ 'x-request-id': request.id, ...securityHeaders(request.url) });
  sendProblem(request, reply, code === 'FST_ERR_MAX_PARAM_LENGTH' ? new RouteNotFound() : new MalformedRequest());
}

/** The application as every process runs it, not yet listening. @throws InvalidConfig, or what kept it from starting */
export async function createApp(module: Type | DynamicModule): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(module, new HttpAdapter(), applicationOptions);
  await configureApp(app);
  return app;
}

/** Everything around the controllers. Apart from createApp(), so that a test may build the application with another clock. */
export async function configureApp(app: NestFastifyApplication): Promise<void> {
  app.useLogger(app.get(Logger));
  const adapter = app.getHttpAdapter();
  if (adapter instanceof HttpAdapter) adapter.trustProxiesOf(app.get(HttpConfig));
  const server = adapter.getInstance();
  app.get(HttpTracing).watch(server);
  closeWithoutWaiting(server);
  endConnectionsWhileDraining(server, app.get(Readiness));
  addRequestHooks(server, app.get(EntityManager), app.get(AppConfig).publicUrl);
  app.get(HttpMetrics).watch(server);
  refuseExcess(server);
  limitAddresses(server, app.get(RateLimits));
  limitBodies(server);
  tagAnswers(server);
  await app.register(fastifyCookie);
  await acceptUploads(server);
  await allowOrigins(app, app.get(HttpConfig));
  await compressAnswers(app, app.get(HttpConfig));
  if (app.get(AppConfig).answersHttp) {
    await app.get(QueueBoard).mount(server);
    serveApiDocument(app);
  } else {
    answerMonitorsAlone(server);
  }
}
