import { Agent } from 'node:http';
import supertest, { type Response, type Test } from 'supertest';
import type { ApiDocument } from './api-document.js';

export type Http = ReturnType<typeof supertest>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Calls the application, and holds every answer against its document: a call whose answer is not as documented fails there. */
export function checkedHttp(url: string, document: () => ApiDocument): Http {
  const http = supertest(url);
  // A connection for each call takes longer than most calls.
  const agent = new Agent({ keepAlive: true });
  const checked = methods.map((method) => {
    const call = http[method].bind(http);
    return [
      method,
      (path: string): Test =>
        call(path)
          .agent(agent)
          .expect((answer) => assertDocumented(document(), method, path, answer)),
    ];
  });
  return Object.assign(http, Object.fromEntries(checked));
}

function assertDocumented(document: ApiDocument, method: string, path: string, answer: Response): void {
  const complaints = document.complaints(method, new URL(path, 'http://app').pathname, answer);
  if (complaints.length === 0) return;
  const said = [`${method.toUpperCase()} ${path} answered ${answer.status} beside the document:`, ...complaints];
  throw new Error([...said, answer.text?.slice(0, 1_000)].join('\n  '));
}
