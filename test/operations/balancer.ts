import { Agent, createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface TestBalancer {
  readonly url: string;
  close(): Promise<void>;
}

const checkEveryMs = 100;

/**
 * A balancer as small as can be: asks /health/ready of each process all the time, keeps connections open, and passes each request to
 * one that was ready, once. What a process does not answer is a 502.
 */
export async function startBalancer(ports: readonly number[]): Promise<TestBalancer> {
  const agent = new Agent({ keepAlive: true });
  const ready = new Set<number>();
  let turn = 0;
  const pass = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const targets = [...ready];
    const port = targets[turn++ % targets.length];
    const fail = () => void outgoing.writeHead(502).end('{"code":"balancer"}');
    if (port === undefined) return fail();
    const { method, url: path, headers } = incoming;
    const onward = request({ host: '127.0.0.1', port, method, path, headers, agent }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', fail);
    incoming.pipe(onward);
  };
  const server = createServer(pass);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const over = new AbortController();
  const checks = ports.map(async (port) => {
    while (!over.signal.aborted) {
      const isReady = await fetch(`http://127.0.0.1:${port}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
      if (isReady) ready.add(port);
      else ready.delete(port);
      await sleep(checkEveryMs);
    }
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      over.abort();
      await Promise.all(checks);
      agent.destroy();
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
