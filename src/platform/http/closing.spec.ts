import { afterEach, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { closeWithoutWaiting } from './closing.js';

const agent = new Agent({ keepAlive: true });
afterEach(() => agent.destroy());

/** A server that begins to answer at once, and ends when it is told to. */
async function serve() {
  const server = fastify({ forceCloseConnections: 'idle' });
  closeWithoutWaiting(server);
  const answer = new PassThrough();
  server.get('/', () => answer);
  await server.listen({ port: 0, host: '127.0.0.1' });
  return { server, port: (server.server.address() as AddressInfo).port, answer };
}

describe('a server that closes', () => {
  it('does not wait for connections on which nothing was asked', async () => {
    const { server, port } = await serve();
    const socket = connect(port, '127.0.0.1');
    const gone = once(socket, 'close');
    await Promise.all([once(socket, 'connect'), once(server.server, 'connection')]);
    await server.close();
    await gone;
  });

  it('answers what was asked, and does not wait for the connection after that', async () => {
    const { server, port, answer } = await serve();
    answer.write('began, ');
    const [response] = await once(request({ port, host: '127.0.0.1', agent }).end(), 'response');
    const closed = server.close();
    answer.end('ended');
    expect(await text(response)).toBe('began, ended');
    await closed;
  });
});
