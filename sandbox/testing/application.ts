import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

export interface Received {
  url: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Stands in for the application: hears what the vendors post, and answers as told. */
export interface ListeningApplication {
  url: string;
  received: Received[];
  /** The HTTP statuses of the next answers; 200 once they are used up. */
  answers: number[];
  /** Waits until that many posts have come in. */
  hears(count: number): Promise<Received[]>;
  close(): Promise<void>;
}

export async function startApplication(): Promise<ListeningApplication> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      received.push({ url: request.url ?? '', headers: request.headers, body });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answers,
    async hears(count) {
      const deadline = Date.now() + 5_000;
      while (received.length < count && Date.now() < deadline) await pause(10);
      if (received.length < count) throw new Error(`heard ${received.length} of ${count}`);
      return received;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
