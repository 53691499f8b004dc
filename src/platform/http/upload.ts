import multipart from '@fastify/multipart';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody } from '@nestjs/swagger';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { sendProblem } from './problem.filter.js';
import { ReadsBody } from './request-body.js';
import { InvalidRequest, MalformedRequest, RequestTooLarge } from './request-problems.js';

/** One file on its way in. */
export interface Upload {
  /** As its sender calls it: text of a stranger's choosing. */
  readonly name: string;
  readonly content: Readable;
}

const mebibyte = 1024 * 1024;
// Boundaries and part headers around the file.
const aroundFile = 64 * 1024;

/** The route takes one file as multipart/form-data, which `@UploadedFile()` hands over as a stream. */
export function AcceptsFile(options: { maxMebibytes: number; description: string }): MethodDecorator {
  const { maxMebibytes, description } = options;
  const file = { type: 'string', format: 'binary', description };
  return applyDecorators(
    ReadsBody({ mediaType: 'multipart/form-data', maxMebibytes }),
    ApiBody({ required: true, schema: { type: 'object', required: ['file'], properties: { file } } }),
  );
}

/** The file of a route that @AcceptsFile(). */
export const UploadedFile = createParamDecorator((_: unknown, context: ExecutionContext): Promise<Upload> => {
  return readUpload(context.switchToHttp().getRequest<FastifyRequest>());
});

/** Reads multipart bodies where a route asks for them. */
export async function acceptUploads(server: FastifyInstance): Promise<void> {
  await server.register(multipart, { throwFileSizeLimit: false });
  server.addHook('onRequest', (request, reply, done) => {
    if (!isTooLong(request)) return done();
    // The body is not worth reading, so the connection cannot serve another request.
    reply.header('connection', 'close');
    sendProblem(request, reply, new RequestTooLarge());
  });
  // What nobody read of an upload that was refused would keep its sender waiting.
  server.addHook('onResponse', (request, _reply, done) => {
    if (request.isMultipart()) request.raw.unpipe().resume();
    done();
  });
}

function isTooLong(request: FastifyRequest): boolean {
  const isUpload = request.routeOptions.config.body?.mediaType === 'multipart/form-data';
  return isUpload && Number(request.headers['content-length'] ?? 0) > maxBytesOf(request) + aroundFile;
}

function maxBytesOf({ routeOptions }: FastifyRequest): number {
  return (routeOptions.config.body?.maxMebibytes ?? 0) * mebibyte;
}

/** @throws InvalidRequest, MalformedRequest */
async function readUpload(request: FastifyRequest): Promise<Upload> {
  // One byte more than is allowed, so that whoever measures it sees that it is too long.
  const limits = { files: 1, fields: 0, parts: 2, fileSize: maxBytesOf(request) + 1 };
  const part = await request.file({ limits }).catch(() => {
    throw new MalformedRequest();
  });
  if (part?.fieldname !== 'file') throw new InvalidRequest([fileRequired]);
  // Bytes may come without a name, whatever the plugin's types say.
  const { filename = '' } = part as { filename?: string };
  return { name: filename, content: Readable.from(contentOf(part.file), { objectMode: false }) };
}

const fileRequired = {
  field: 'file',
  message: {
    en: 'is required: one part of the body, called file',
    da: 'skal udfyldes: én del af indholdet, med navnet file',
  },
};

/** What breaks on the way is the request's fault. */
async function* contentOf(file: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) yield chunk;
  } catch {
    throw new MalformedRequest();
  }
}
