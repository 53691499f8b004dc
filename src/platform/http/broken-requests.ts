import { Logger } from '@nestjs/common';
import type { ConnectionError } from 'fastify';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { newId } from '../values/id.js';
import { problemBody } from './problem-body.js';
import type { Problem } from './problem.js';
import { HeadersTooLarge, MalformedRequest, RequestTooSlow } from './request-problems.js';
import { securityHeaders } from './security-headers.js';

const logger = new Logger('Http');

/** Refuses what is no HTTP, and so never becomes a request with a path and a language; then closes the connection. */
export function refuseBrokenRequest(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesWritten > 0) {
    socket.destroy();
    return;
  }
  const problem = problemOf(error.code);
  const requestId = newId();
  logger.log({ requestId, status: problem.status, reason: error.code, msg: 'request' });
  socket.end(answer(problem, requestId));
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return new HeadersTooLarge();
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new RequestTooSlow();
  return new MalformedRequest();
}

function answer(problem: Problem, requestId: string): string {
  const body = JSON.stringify(problemBody(problem, { language: 'en', path: '/', correlationId: requestId }));
  const headers = {
    ...securityHeaders('/v1'),
    'x-request-id': requestId,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': 'en',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, '', body].join('\r\n');
}
