import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Fault, Faults } from '../faults/faults.js';
import { Mailbox } from './mailbox.js';

export interface MailServerOptions {
  host: string;
  /** 0 for any free one. */
  port: number;
  /** Asked for when given; otherwise everybody may send. */
  login?: { username: string; password: string } | undefined;
}

const LARGEST_BYTES = 10 * 1024 * 1024;
const HANG_UP_AFTER_MS = 30_000;

/** An SMTP server that accepts everything a real one would, and keeps it. */
export class MailServer {
  readonly mailbox = new Mailbox();
  private readonly closing = new AbortController();
  private readonly server: SMTPServer;

  constructor(
    private readonly options: MailServerOptions,
    private readonly faults: Faults,
  ) {
    this.server = new SMTPServer({
      banner: 'sandbox',
      authOptional: options.login === undefined,
      disabledCommands: options.login ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
      allowInsecureAuth: true,
      closeTimeout: 100,
      disableReverseLookup: true,
      logger: false,
      size: LARGEST_BYTES,
      onAuth: this.login,
      onRcptTo: ({ address }, _session, done) => done(refusalOf(address)),
      onData: (stream, session, done) => {
        this.receive(stream, session).then(
          (id) => done(null, `2.0.0 Ok: queued as ${id}`),
          (error: Error) => done(error),
        );
      },
    });
    this.server.on('error', () => undefined); // A client that hangs up is no news.
  }

  /** Starts to listen; the port. */
  async listen(): Promise<number> {
    const listening = this.server.listen(this.options.port, this.options.host);
    await once(listening, 'listening');
    return (listening.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.closing.abort();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private readonly login: NonNullable<SMTPServerOptions['onAuth']> = ({ username, password }, _session, done) => {
    const expected = this.options.login;
    const welcome = expected?.username === username && expected?.password === password;
    if (welcome) done(null, { user: username });
    else done(refusal(535, '5.7.8 Authentication credentials invalid'));
  };

  private async receive(stream: SMTPServerDataStream, session: SMTPServerSession): Promise<string> {
    const raw = await buffer(stream);
    if (stream.sizeExceeded) throw refusal(552, '5.3.4 Message size exceeds fixed limit');
    const fault = this.faults.take('smtp', 'send');
    if (fault) await this.actOutBefore(fault);
    const { mailFrom, rcptTo } = session.envelope;
    const envelope = { from: mailFrom ? mailFrom.address : '', to: rcptTo.map(({ address }) => address) };
    const { id } = this.mailbox.deliver(envelope, await PostalMime.parse(raw));
    if (fault?.kind === 'timeout_after_acting') await this.hangUp(fault);
    return id;
  }

  private async actOutBefore(fault: Fault): Promise<void> {
    switch (fault.kind) {
      case 'timeout_before':
        return this.hangUp(fault);
      case 'error_500':
        throw refusal(451, '4.3.0 Requested action aborted: local error in processing');
      case 'rate_limited':
        throw refusal(450, '4.7.1 Too many messages, try again later');
      case 'garbage':
        throw refusal(599, '<html>502 Bad Gateway</html>');
      case 'slow':
        await this.wait(fault.delayMs ?? 3_000);
    }
  }

  /** Says nothing until the client's patience, or ours, ends. */
  private async hangUp(fault: Fault): Promise<never> {
    await this.wait(fault.delayMs ?? HANG_UP_AFTER_MS);
    throw refusal(421, '4.4.2 Connection timed out');
  }

  private async wait(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
  }
}

/** The refusal of a recipient who is not there. */
function refusalOf(address: string): Error | null {
  return /^bounce(\+|@)/i.test(address) ? refusal(550, `5.1.1 <${address}>: Recipient address rejected`) : null;
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
