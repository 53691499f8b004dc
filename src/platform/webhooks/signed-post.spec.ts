import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { Metrics } from '../observability/metrics/metrics.js';
import { ProviderCalls } from '../ports/provider-calls.js';
import { newSigningSecret, signatureHeaders, SignedPosts } from './signed-post.js';

const secrets = [newSigningSecret()];
const body = JSON.stringify({ type: 'booking.created', data: { city: 'Ærøskøbing' } });
const received: { readonly request: IncomingMessage; readonly body: string }[] = [];
let answer: RequestListener;
let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ request, body: Buffer.concat(chunks).toString('utf8') });
      answer(request, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => {
  server.closeAllConnections();
  return new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  received.length = 0;
  answer = (_request, response) => response.writeHead(204).end();
});

class Resolving extends SignedPosts {
  protected override readonly lookup: LookupFunction | undefined;

  constructor(localHosts: readonly string[], lookup?: LookupFunction) {
    super({ localHostList: localHosts.join(), localHosts }, new ProviderCalls(new Metrics()));
    this.lookup = lookup;
  }
}

const posts = () => new Resolving([`127.0.0.1:${port}`]);
const post = (url = `http://127.0.0.1:${port}/hook`, timeoutMs = 1_000) =>
  posts().post({ url, id: 'msg_1', body, secrets, timeoutMs });

describe('a signed post', () => {
  it('is one that the library of Standard Webhooks accepts, by each secret while they change', async () => {
    const older = newSigningSecret();
    await posts().post({ url: `http://127.0.0.1:${port}/`, id: 'msg_1', body, secrets: [...secrets, older] });
    const { request, body: read } = received[0]!;
    for (const secret of [...secrets, older]) {
      expect(new Webhook(secret).verify(read, request.headers as Record<string, string>)).toEqual(JSON.parse(body));
    }
    expect(() => new Webhook(newSigningSecret()).verify(read, request.headers as Record<string, string>)).toThrow(
      'No matching signature',
    );
    expect(request.headers).toMatchObject({ 'webhook-id': 'msg_1', 'content-type': 'application/json' });
  });

  it.each([-11, -6, 6, 11])('is refused by a receiver whose clock is %i minutes off', (minutes) => {
    const headers = signatureHeaders({ id: 'msg_1', body, secrets }, new Date(Date.now() + minutes * 60_000));
    expect(() => new Webhook(secrets[0]!).verify(body, headers)).toThrow(/timestamp/);
  });

  it('is refused when another body or another id stands under its signature', () => {
    const headers = signatureHeaders({ id: 'msg_1', body, secrets }, new Date());
    const webhook = new Webhook(secrets[0]!);
    expect(webhook.verify(body, headers)).toEqual(JSON.parse(body));
    expect(() => webhook.verify(`${body} `, headers)).toThrow('No matching signature');
    expect(() => webhook.verify(body, { ...headers, 'webhook-id': 'msg_2' })).toThrow('No matching signature');
  });
});

describe('what became of a post', () => {
  it.each([200, 201, 204])('%i is accepted', async (status) => {
    answer = (_request, response) => response.writeHead(status).end();
    expect(await post()).toEqual({ outcome: 'accepted', status });
  });

  it.each([301, 302, 307, 400, 401, 404, 410, 429, 500, 503])('%i is rejected, and leads nowhere', async (status) => {
    answer = (_request, response) => response.writeHead(status, { location: '/elsewhere', 'retry-after': '7' }).end();
    expect(await post()).toEqual({
      outcome: 'rejected',
      status,
      reason: `http_${status}`,
      isGone: status === 410,
      againInMs: 7_000,
    });
    expect(received).toHaveLength(1);
  });

  it('is unknown when the receiver hangs, or hangs up', async () => {
    answer = () => undefined;
    expect(await post(undefined, 100)).toEqual({ outcome: 'unknown', reason: 'too_slow' });
    answer = (request) => request.socket.destroy();
    expect(await post()).toEqual({ outcome: 'unknown', reason: 'connection_lost' });
  });

  it('is its status, however long the answer is', async () => {
    answer = (_request, response) => {
      response.writeHead(200);
      const more = () => {
        while (!response.destroyed && response.write('m'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more);
      };
      more();
    };
    expect(await post()).toEqual({ outcome: 'accepted', status: 200 });
    answer = (_request, response) => response.writeHead(500).write('more is to come');
    expect(await post(undefined, 200)).toMatchObject({ outcome: 'rejected', status: 500 });
  });

  it('is refused where nobody listens', async () => {
    const dead = new Resolving(['127.0.0.1:1']);
    expect(await dead.post({ url: 'http://127.0.0.1:1/', id: 'msg_1', body, secrets })).toMatchObject({
      outcome: 'rejected',
      status: null,
      reason: 'unreachable',
    });
  });
});

describe('an address that leads into our own network', () => {
  const refused = { outcome: 'rejected', status: null, reason: 'address_refused', isGone: false };

  it.each([
    'http://receiver.example/',
    'https://127.0.0.1/',
    'https://127.1/',
    'https://2130706433/',
    'https://0x7f000001/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::ffff:7f00:1]/',
    'https://169.254.169.254/',
    'https://10.0.0.1/',
    'https://0.0.0.0/',
    'https://localhost/',
    'https://a.localhost/',
    'https://metadata.google.internal/',
    'https://intranet/',
    'https://user:secret@receiver.example/',
    'https://receiver.example:22/',
    'file:///etc/passwd',
    'gopher://receiver.example/',
    '//receiver.example/',
  ])('is refused as it is written: %s', async (url) => {
    expect(posts().accepts(url)).toBeNull();
    expect(await post(url)).toEqual(refused);
    expect(received).toHaveLength(0);
  });

  it.each([
    '127.0.0.1',
    '127.8.8.8',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '100.64.0.1',
    '169.254.169.254',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
  ])('is refused when its name resolves to %s', async (address) => {
    const asked: string[] = [];
    const resolving = new Resolving([], lookupOf(asked, [address]));
    expect(await resolving.post({ url: 'https://receiver.example/', id: 'msg_1', body, secrets })).toEqual(refused);
    expect(asked).toEqual(['receiver.example']);
  });

  it('is refused when one of several addresses does', async () => {
    const resolving = new Resolving([], lookupOf([], ['8.8.8.8', '127.0.0.1']));
    expect(await resolving.post({ url: 'https://receiver.example/', id: 'msg_1', body, secrets })).toEqual(refused);
  });

  it('is resolved once: the answer that was checked is the one that is connected to', async () => {
    const asked: string[] = [];
    const rebinding = new Resolving([`receiver.example:${port}`], lookupOf(asked, ['127.0.0.1'], ['127.0.0.2']));
    const url = `http://receiver.example:${port}/`;
    expect(await rebinding.post({ url, id: 'msg_1', body, secrets })).toMatchObject({ outcome: 'accepted' });
    expect(asked).toEqual(['receiver.example']);
    expect(received).toHaveLength(1);
  });

  it('is refused at the next post when its name leads there by then', async () => {
    const rebinding = new Resolving([], lookupOf([], ['192.168.1.1']));
    const url = 'https://receiver.example:8443/';
    expect(rebinding.accepts(url)).not.toBeNull();
    expect(await rebinding.post({ url, id: 'msg_1', body, secrets })).toEqual(refused);
  });
});

/** Resolves every name to these addresses, the last answer for ever. */
function lookupOf(asked: string[], ...answers: readonly (readonly string[])[]): LookupFunction {
  return (name, options, callback) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)]!.map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    asked.push(name);
    if (options.all) callback(null, addresses);
    else callback(null, addresses[0]!.address, addresses[0]!.family);
  };
}
