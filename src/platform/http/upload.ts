import multipart from '@fastify/multipart';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Problem } from './problem.js';
import { sendProblem } from './problem.filter.js';
import { MalformedRequest, MultipartRequired, RequestTooLarge, UnsupportedMediaType } from './request-problems.js';

/** One file on its way in. */
export interface Upload {
  /** As its sender calls it: text of a stranger's choosing. */
  readonly name: string;
  readonly content: Readable;
}

interface UploadConfig {
  readonly maxUploadBytes?: number;
}

// Boundaries and part headers around the file.
const aroundFile = 64 * 1024;

/** The route takes one file as multipart/form-data, of so many bytes at most, which `@UploadedFile()` hands over as a stream. */
export function AcceptsFile(options: { readonly maxBytes: number; readonly description: string }): MethodDecorator {
  const file = { type: 'string', format: 'binary', description: options.description };
  return applyDecorators(
    RouteConfig({ maxUploadBytes: options.maxBytes } satisfies UploadConfig),
    ApiConsumes('multipart/form-data'),
    ApiBody({ required: true, schema: { type: 'object', required: ['file'], properties: { file } } }),
  );
}

/** The file of a route that @AcceptsFile(). */
export const UploadedFile = createParamDecorator((_: unknown, context: ExecutionContext): Promise<Upload> => {
  return readUpload(context.switchToHttp().getRequest<FastifyRequest>());
});

/** Multipart bodies are read where a route asks for them, and refused everywhere else. */
export async function acceptUploads(server: FastifyInstance): Promise<void> {
  await server.register(multipart, { throwFileSizeLimit: false, limits: { files: 1, fields: 0, parts: 2 } });
  server.addHook('onRequest', (request, reply, done) => {
    const refusal = refusalOf(request);
    if (refusal) refuse(request, reply, refusal);
    else done();
  });
  // What nobody read of an upload that was refused would keep its sender waiting.
  server.addHook('onResponse', (request, _reply, done) => {
    if (request.isMultipart()) request.raw.unpipe().resume();
    done();
  });
}

function refusalOf(request: FastifyRequest): Problem | null {
  const { maxUploadBytes } = request.routeOptions.config as UploadConfig;
  const isMultipart = request.headers['content-type']?.toLowerCase().startsWith('multipart/') ?? false;
  if (maxUploadBytes === undefined) return isMultipart ? new UnsupportedMediaType() : null;
  if (!isMultipart) return new MultipartRequired();
  return Number(request.headers['content-length'] ?? 0) > maxUploadBytes + aroundFile ? new RequestTooLarge() : null;
}

// The rest of the body is not worth reading, so the connection cannot serve another request.
function refuse(request: FastifyRequest, reply: FastifyReply, problem: Problem): void {
  reply.header('connection', 'close');
  sendProblem(request, reply, problem);
}

/** @throws MultipartRequired, MalformedRequest */
async function readUpload(request: FastifyRequest): Promise<Upload> {
  const { maxUploadBytes = 0 } = request.routeOptions.config as UploadConfig;
  const limits = { files: 1, fields: 0, parts: 2, fileSize: maxUploadBytes + 1 };
  const part = await request.file({ limits }).catch(() => {
    throw new MalformedRequest();
  });
  if (part?.fieldname !== 'file') throw new MultipartRequired();
  return { name: part.filename, content: Readable.from(contentOf(part.file), { objectMode: false }) };
}

/** What breaks on the way is the request's fault. */
async function* contentOf(file: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) yield chunk;
  } catch {
    throw new MalformedRequest();
  }
}
