import type { IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Test } from 'supertest';

/** The answer's body as the bytes that came; a problem is JSON as ever. */
export function raw(call: Test): Test {
  return call.buffer(true).parse((answer: unknown, done: (error: Error | null, body: unknown) => void) => {
    const { headers } = answer as IncomingMessage;
    const isProblem = headers['content-type']?.startsWith('application/problem+json');
    buffer(answer as IncomingMessage)
      .then((body) => done(null, isProblem ? JSON.parse(String(body)) : body))
      .catch((error: Error) => done(error, null));
  });
}
