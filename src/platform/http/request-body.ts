import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendProblem } from './problem.filter.js';
import { UnsupportedMediaType } from './request-problems.js';
import { withRouteSettings } from './route-settings.js';

const mebibyte = 1024 * 1024;

/** What a route reads when it says nothing else, in bytes. */
export const bodyLimit = mebibyte;

export interface BodyOptions {
  readonly mediaType: string;
  readonly maxMebibytes: number;
}

declare module './route-settings.js' {
  interface RouteSettings {
    readonly body?: BodyOptions;
  }
}

const usual: readonly string[] = ['application/json', 'application/x-www-form-urlencoded'];
const methodsWithBody = ['POST', 'PUT', 'PATCH', 'DELETE'];
// Whoever takes multipart registers the plugin that reads it.
const readElsewhere = 'multipart/form-data';

/**
 * The route reads another body than JSON, of its own size: `@Body() file: Buffer`, but multipart by its plugin.
 * No other route takes that media type.
 */
export function ReadsBody(body: BodyOptions): MethodDecorator {
  return applyDecorators(
    withRouteSettings({ body }),
    ApiConsumes(body.mediaType),
    ...(body.mediaType === readElsewhere ? [] : [ApiBody({ schema: { type: 'string', format: 'binary' } })]),
  );
}

/** Gives each route the body limit and the media types it declares. Before the routes are added. */
export function limitBodies(server: FastifyInstance): void {
  server.addHook('onRoute', (route) => {
    const body = route.config?.body;
    if (!body) return;
    route.bodyLimit = body.maxMebibytes * mebibyte;
    if (body.mediaType === readElsewhere || server.hasContentTypeParser(body.mediaType)) return;
    server.addContentTypeParser(body.mediaType, { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes));
  });
  server.addHook('preParsing', (request, reply, _payload, done) => {
    if (takes(request)) return done();
    sendProblem(request, reply, new UnsupportedMediaType(acceptedBy(request)));
  });
}

function takes(request: FastifyRequest): boolean {
  const mediaType = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (!mediaType || !methodsWithBody.includes(request.method) || request.is404) return true;
  return acceptedBy(request).includes(mediaType);
}

function acceptedBy({ routeOptions }: FastifyRequest): readonly string[] {
  const { body } = routeOptions.config;
  return body ? [body.mediaType] : usual;
}
