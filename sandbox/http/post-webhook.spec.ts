import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { WebhookPosts } from './webhook-posts.js';

const post = { body: '{}', headers: {} };

it('says why a webhook was not answered', async () => {
  const server = createServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const posts = new WebhookPosts(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  expect(await posts.post(post)).toBe('UND_ERR_SOCKET: other side closed');
  server.close();
  await once(server, 'close');
  expect(await posts.post(post)).toContain('ECONNREFUSED');
  expect(await new WebhookPosts().post(post)).toBeNull();
});
