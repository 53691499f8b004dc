import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { accepted, type Delivery, type Email, EmailSender, rejected, unknown } from '../../modules/notifications/index.js';
import { AppConfig } from '../../platform/config/app.config.js';
import { SmtpConfig } from './smtp.config.js';

// One plain mailbox: nothing that could end a header line, open a second recipient or hide a comment.
const mailbox = /^[^\s<>()[\]\\,;:"@]+@[^\s<>()[\]\\,;:"@]+$/;

/** E-mail by SMTP, over a few connections kept open. */
@Injectable()
export class SmtpEmailSender extends EmailSender implements OnModuleDestroy {
  readonly provider = 'smtp';
  private readonly transport: ReturnType<typeof openTransport>;

  constructor(
    private readonly config: SmtpConfig,
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
      await this.transport.sendMail({
        messageId,
        from: { name: email.fromName || this.config.fromName, address: this.config.fromAddress },
        to: { ...email.to },
        replyTo: email.replyTo && mailbox.test(email.replyTo) ? email.replyTo : undefined,
        subject: email.subject,
        html: email.html,
        text: email.text,
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: email.attachments?.map((each) => ({ ...each })),
      });
      return accepted(messageId);
    } catch (error) {
      return afterFailure(error);
    }
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
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
}

function afterFailure(error: unknown): Delivery {
  const { code, responseCode, message } = error as { code?: string; responseCode?: number; message?: string };
  const reason = `SMTP ${responseCode ?? code ?? 'failed'}: ${withoutAddresses(message ?? '')}`;
  const aboutThisMail = code === 'EENVELOPE' || code === 'EMESSAGE';
  return aboutThisMail && responseCode !== undefined && responseCode >= 500 ? rejected(reason) : unknown(reason);
}

function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"']+@[^\s<>"']+/g, '…');
}
