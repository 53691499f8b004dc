import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import {
  accepted,
  type Delivery,
  type Email,
  EmailSender,
  rejected,
  unknown,
} from '../../modules/notifications/index.js';
import { AppConfig } from '../../platform/config/app.config.js';
import { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { SmtpConfig } from './smtp.config.js';

// One plain mailbox: nothing that could end a header line, open a second recipient or hide a comment.
const mailbox = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/;

interface SmtpFailure {
  readonly code?: string;
  /** The server's reply, when it gave one. */
  readonly responseCode?: number;
  readonly message: string;
}

/** E-mail by SMTP, over a few connections kept open. */
@Injectable()
export class SmtpEmailSender extends EmailSender implements OnModuleDestroy {
  readonly provider = 'smtp';
  private readonly transport: ReturnType<typeof openTransport>;

  constructor(
    private readonly config: SmtpConfig,
    private readonly calls: ProviderCalls,
    app: AppConfig,
  ) {
    super();
    this.transport = openTransport(config, app);
  }

  onModuleDestroy(): void {
    this.transport.close();
  }

  async send(email: Email): Promise<Delivery> {
    if (!mailbox.test(email.to.address)) return rejected('not an e-mail address');
    const messageId = `<${email.messageId}@${this.config.fromAddress.split('@')[1]}>`;
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

  private envelope({ to, fromName, replyTo, subject, html, text, attachments }: Email) {
    return {
      from: { name: fromName || this.config.fromName, address: this.config.fromAddress },
      to: { ...to },
      replyTo: replyTo && mailbox.test(replyTo) ? replyTo : undefined,
      subject,
      html,
      text,
      headers: { 'Auto-Submitted': 'auto-generated' },
      attachments: attachments?.map((each) => ({ ...each })),
    };
  }
}

function openTransport(config: SmtpConfig, app: AppConfig) {
  const onLaptop = app.environment === 'local' || app.environment === 'test';
  return createTransport({
    pool: true,
    host: config.host,
    port: config.port,
    secure: config.port === 465,
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
  });
}

function isOutage({ code, responseCode }: SmtpFailure): boolean {
  return responseCode === 421 || (responseCode === undefined && code !== 'EENVELOPE' && code !== 'EMESSAGE');
}

function afterFailure({ code, responseCode, message }: SmtpFailure): Delivery {
  const reason = withoutAddresses(`SMTP ${responseCode ?? code ?? ''}: ${message}`);
  // 550 to 559 are final words about this mail and its recipient; everything else may be better later.
  return responseCode !== undefined && responseCode >= 550 && responseCode <= 559 ? rejected(reason) : unknown(reason);
}

function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"']+@[^\s<>"']+/g, '…');
}
