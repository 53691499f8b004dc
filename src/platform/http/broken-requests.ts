import type { Socket } from 'node:net';
import { STATUS_CODES } from 'node:http';
import { newId } from '../values/id.js';
import { problemBody } from './problem-body.js';
import type { Problem } from './problem.js';
import { HeadersTooLarge, MalformedRequest, RequestTooSlow } from './request-problems.js';

/** Refuses what is no HTTP, and so never becomes a request; then closes the connection. */
export function refuseBrokenRequest({ code }: { readonly code?: string | undefined }, socket: Socket): void {
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(plainAnswer(problemOf(code)));
}

function problemOf(code: string | undefined): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') return new HeadersTooLarge();
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? new RequestTooSlow() : new MalformedRequest();
}

function plainAnswer(problem: Problem): string {
  const correlationId = newId();
  const body = JSON.stringify(problemBody(problem, { language: 'en', path: '/', correlationId }));
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `X-Request-Id: ${correlationId}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
