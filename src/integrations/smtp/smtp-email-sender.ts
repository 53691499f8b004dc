import type { OnApplicationShutdown } from '@nestjs/common';
import {
  accepted,
  type Attachment,
  type Delivery,
  type Email,
  EmailSender,
  headersOf,
  messageIdOf,
  rejected,
  sendable,
  unansweredBy,
} from '../../modules/notifications/index.js';
import type { AppConfig } from '../../platform/config/app.config.js';
import { loadedOnce } from '../../platform/loading/loaded-once.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { SmtpServer, SmtpTransport } from './smtp-transport.js';

interface SmtpFailure {
  readonly code?: string;
  /** The server's reply, when it gave one. */
  readonly responseCode?: number;
  readonly message: string;
}

/** E-mail by SMTP, over a few connections kept open. */
export class SmtpEmailSender extends EmailSender implements OnApplicationShutdown {
  readonly provider = 'smtp';
  private opened: SmtpTransport | undefined;
  /** Loaded and opened with the first mail. */
  private readonly transport = loadedOnce(async () => {
    const { openTransport } = await import('./smtp-transport.js');
    return (this.opened = openTransport(this.config, this.app));
  });

  constructor(
    private readonly config: SmtpServer,
    private readonly calls: ProviderCalls,
    private readonly app: Pick<AppConfig, 'environment'>,
  ) {
    super();
  }

  /** After the messages that are under way. */
  onApplicationShutdown(): void {
    this.opened?.close();
  }

  async send(written: Email): Promise<Delivery> {
    const email = sendable(written);
    if ('outcome' in email) return email;
    const messageId = messageIdOf(email, this.config);
    const transport = await this.transport();
    try {
      await this.calls.run({
        provider: 'smtp',
        operation: 'send a mail',
        timeoutMs: 20_000,
        repeatable: false,
        isOutage: (error) => isOutage(error as SmtpFailure),
        send: (signal) => transport.sendMail({ ...this.envelope(email), messageId, signal }),
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
