import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.js';
import { mailtrapInbox } from '../../src/integrations/email-senders.js';
import type { MailConfig } from '../../src/integrations/mail.config.js';
import { SmtpEmailSender } from '../../src/integrations/smtp/smtp-email-sender.js';
import type { SmtpServer } from '../../src/integrations/smtp/smtp-transport.js';
import { AppConfig } from '../../src/platform/config/app.config.js';
import { Metrics } from '../../src/platform/observability/metrics/metrics.js';
import { ProviderCalls } from '../../src/platform/ports/provider-calls.js';
import { email } from './email-sender.contract.js';

const from = { fromAddress: 'post@just-driving.example', fromName: 'Just Driving' };

async function sending<T>(config: SmtpServer, work: (sender: SmtpEmailSender) => Promise<T>): Promise<T> {
  const app = Object.assign(new AppConfig(), { environment: 'test' as const });
  const sender = new SmtpEmailSender(config, new ProviderCalls(new Metrics()), app);
  try {
    return await work(sender);
  } finally {
    sender.onApplicationShutdown();
  }
}

describe('a mail that is signed with DKIM', () => {
  const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, _session, done) => {
      void buffer(stream).then((raw) => {
        letters.push(raw.toString('latin1'));
        done();
      }, done);
    },
  });
  let port: number;

  beforeAll(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    port = (server.server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));

  it.each([
    ['as it is in a file', pem],
    ['with its line ends written out, as in an environment variable', pem.replaceAll('\n', '\\n')],
  ])('bears out its sender, with a key %s', async (_how, dkimPrivateKey) => {
    letters.length = 0;
    const config = { ...from, host: '127.0.0.1', port, dkimSelector: 'mail2026', dkimPrivateKey };
    expect(await sending(config, (sender) => sender.send(email()))).toMatchObject({ outcome: 'accepted' });
    const signature = signatureOf(letters[0]!);
    expect(signature.tags).toMatchObject({ a: 'rsa-sha256', d: 'just-driving.example', s: 'mail2026' });
    expect(signature.headers).toEqual(expect.arrayContaining(['from', 'to', 'subject', 'message-id']));
    expect(signature.isBy(keys.publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(true);
    const forged = signatureOf(letters[0]!.replace(/^Subject: .*/m, 'Subject: Send me money'));
    expect(forged.isBy(keys.publicKey.export({ type: 'spki', format: 'pem' }).toString())).toBe(false);
  });

  it('is not signed without a key', async () => {
    letters.length = 0;
    await sending({ ...from, host: '127.0.0.1', port }, (sender) => sender.send(email()));
    expect(letters[0]).not.toMatch(/^DKIM-Signature:/im);
  });
});

describe('the inbox of Mailtrap that catches all', () => {
  const login = { username: 'inbox', password: 'sandbox' };
  let sandbox: Sandbox;
  beforeAll(async () => void (sandbox = await startSandbox({ mailLogin: login })));
  afterAll(() => sandbox.close());

  const preset = (credentials: Partial<typeof login>) =>
    mailtrapInbox(Object.assign({ host: 'smtp.elsewhere.example', port: 25 }, from, credentials) as MailConfig);

  it('needs two values, whatever other servers are set', () => {
    expect(preset(login)).toEqual({ ...from, ...login, host: 'sandbox.smtp.mailtrap.io', port: 2525 });
  });

  it.each([
    ['takes mail of whoever knows the password', login.password, { outcome: 'accepted' }, 1],
    ['takes none of anybody else', 'wrong', { outcome: 'unknown', reason: expect.stringContaining('535') }, 0],
  ])('%s', async (_what, password, outcome, count) => {
    sandbox.reset();
    const server = { ...preset({ ...login, password }), host: '127.0.0.1', port: sandbox.smtpPort };
    expect(await sending(server, (sender) => sender.send(email()))).toMatchObject(outcome);
    expect(sandbox.mail.mailbox.size).toBe(count);
  });
});

/** The DKIM signature of a raw letter, in the relaxed forms of RFC 6376, sections 3.4.2 and 3.4.4. */
function signatureOf(letter: string) {
  const [head = '', ...rest] = letter.split('\r\n\r\n');
  const fields = head.split(/\r\n(?![ \t])/);
  const find = (name: string) => fields.findLast((each) => each.toLowerCase().startsWith(`${name}:`))!;
  const signed = find('dkim-signature');
  const tags = Object.fromEntries(
    [...signed.slice(signed.indexOf(':') + 1).matchAll(/(\w+)=([^;]*)/g)].map(([, name, value]) => [
      name,
      value!.replaceAll(/\s+/g, ''),
    ]),
  ) as Record<'a' | 'b' | 'bh' | 'd' | 'h' | 's', string>;
  const headers = tags.h.toLowerCase().split(':');
  const relaxed = (field: string) => {
    const colon = field.indexOf(':');
    const value = field.slice(colon + 1).replaceAll(/\r\n/g, '');
    return `${field.slice(0, colon).toLowerCase().trim()}:${value.replaceAll(/[ \t]+/g, ' ').trim()}`;
  };
  const unsigned = relaxed(signed.replace(/(;\s*b=)[^;]*/, '$1'));
  const body = rest
    .join('\r\n\r\n')
    .replaceAll(/[ \t]+/g, ' ')
    .replaceAll(/ +\r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '\r\n');
  const bodyHash = createHash('sha256').update(body, 'latin1').digest('base64');
  const text = [...headers.filter((name) => find(name)).map((name) => relaxed(find(name))), unsigned].join('\r\n');
  return {
    tags,
    headers,
    isBy: (pem: string) =>
      tags.bh === bodyHash &&
      verify('sha256', Buffer.from(text, 'latin1'), createPublicKey(pem), Buffer.from(tags.b, 'base64')),
  };
}
