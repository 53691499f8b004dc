import { createTransport } from 'nodemailer';
import type { MailFrom } from '../../modules/notifications/index.js';
import type { AppConfig } from '../../platform/config/app.config.js';
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

export type SmtpTransport = ReturnType<typeof openTransport>;

/** A few connections to a server, opened as they are needed. */
export function openTransport(config: SmtpServer, app: Pick<AppConfig, 'environment'>) {
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
