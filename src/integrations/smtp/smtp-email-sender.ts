import type { OnApplicationShutdown } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import {
  accepted,
  type Attachment,
  type Delivery,
  type Email,
  EmailSender,
  headersOf,
  type MailFrom,
  messageIdOf,
  rejected,
  sendable,
  unansweredBy,
} from '../../modules/notifications/index.js';
import type { AppConfig } from '../../platform/config/app.config.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { InOnePiece } from './in-one-piece.js';

export interface SmtpServer extends MailFrom {
  readonly host: string;
  /** 465 speaks TLS from the start; others change to it. */
  readonly port: number;
  readonly username?: string;
  readonly password?: string;
  /** Signs what is sent; otherwise the server does. */
  readonly dkimSelector?: string;
  /** PEM. */
  readonly dkimPrivateKey?: string;
}

interface SmtpFailure {
  readonly code?: string;
  /** The server's reply, when it gave one. */
  readonly responseCode?: number;
  readonly message: string;
}

/** E-mail by SMTP, over a few connections kept open. */
export class SmtpEmailSender extends EmailSender implements OnApplicationShutdown {
  readonly provider = 'smtp';
  private readonly transport: ReturnType<typeof openTransport>;

  constructor(
    private readonly config: SmtpServer,
    private readonly calls: ProviderCalls,
    app: Pick<AppConfig, 'environment'>,
  ) {
    super();
    this.transport = openTransport(config, app);
  }

  /** After the messages that are under way. */
  onApplicationShutdown(): void {
    this.transport.close();
  }

  async send(written: Email): Promise<Delivery> {
    const email = sendable(written);
    if ('outcome' in email) return email;
    const messageId = messageIdOf(email, this.config);
    try {
      await this.calls.run({
        provider: 'smtp',
        operation: 'send a mail',
        timeoutMs: 20_000,
        repeatable: false,
        isOutage: (error) => isOutage(error as SmtpFailure),
        send: (signal) => this.transport.sendMail({ ...this.envelope(email), messageId, signal }),
      });
      return accepted(messageId);
    } catch (error) {
      return afterFailure(error as SmtpFailure);
    }
  }

  private envelope(email: Email) {
    const { to, fromName, replyTo, subject, html, text, attachments } = email;
    return {
      from: { name: fromName || this.config.fromName, address: this.config.fromAddress },
      to: { ...to },
      replyTo,
      subject,
      html,
      text,
      headers: headersOf(email),
      attachments: attachments?.map(attached),
    };
  }
}

function attached({ inline, ...file }: Attachment) {
  return inline ? { ...file, cid: file.filename, contentDisposition: 'inline' as const } : file;
}

function openTransport(config: SmtpServer, app: Pick<AppConfig, 'environment'>) {
  const onLaptop = app.environment === 'local' || app.environment === 'test';
  const { host, port } = config;
  const transport = createTransport({
    pool: true,
    host,
    port,
    secure: port === 465,
    // A password never travels in clear, except to the sandbox on the same machine.
    requireTLS: config.username !== undefined && !onLaptop,
    auth: config.username ? { user: config.username, pass: config.password ?? '' } : undefined,
    maxConnections: 5,
    // The pool would send again what may have been taken when a connection breaks; we record that first.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    dkim: dkimOf(config),
  });
  // A mail is made of a dozen pieces: each would be a packet of its own.
  transport.use('stream', ({ message }, done) => {
    message.transform(() => new InOnePiece());
    done();
  });
  return transport;
}

function dkimOf({ dkimSelector, dkimPrivateKey, fromAddress }: SmtpServer) {
  if (!dkimSelector || !dkimPrivateKey) return undefined;
  // A key in an environment variable has its line ends written as \\n.
  const privateKey = dkimPrivateKey.replaceAll('\\n', '\n');
  return { domainName: fromAddress.split('@')[1]!, keySelector: dkimSelector, privateKey };
}

function isOutage({ code, responseCode }: SmtpFailure): boolean {
  return responseCode === 421 || (responseCode === undefined && code !== 'EENVELOPE' && code !== 'EMESSAGE');
}

function afterFailure(error: SmtpFailure): Delivery {
  const { code, responseCode, message } = error;
  const reason = `SMTP ${responseCode ?? code ?? ''}: ${message}`;
  // 550 to 559 are final words about this mail and its recipient; everything else may be better later.
  return responseCode !== undefined && responseCode >= 550 && responseCode <= 559
    ? rejected(reason)
    : unansweredBy(error, reason);
}
