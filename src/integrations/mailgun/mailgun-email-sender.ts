import {
  accepted,
  type Delivery,
  type Email,
  EmailSender,
  handInEmail,
  headersOf,
  type MailFrom,
  messageIdOf,
  unknown,
} from '../../modules/notifications/index.js';
import { basicLogin } from '../../platform/http/basic-login.js';
import { KeyedApi } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { type MailgunConfig, mailgunUrl } from './mailgun.config.js';

/** E-mail by Mailgun's messages. It has no key for repeats, but can be asked for a Message-ID that it has taken. */
export class MailgunEmailSender extends EmailSender {
  readonly provider = 'mailgun';
  private readonly api: KeyedApi;

  constructor(
    private readonly config: MailgunConfig,
    private readonly mail: MailFrom,
    calls: ProviderCalls,
  ) {
    super();
    const headers = { authorization: basicLogin('api', config.apiKey ?? '') };
    const said = ({ message }: { message?: string }) => message;
    this.api = new KeyedApi({ provider: 'mailgun', title: 'Mailgun', url: mailgunUrl(config), headers, said }, calls);
  }

  send(written: Email): Promise<Delivery> {
    return handInEmail(written, (email) => this.handIn(email));
  }

  override async findTaken(email: Email): Promise<string | null> {
    const messageId = bare(messageIdOf(email, this.mail));
    const query = new URLSearchParams({ 'message-id': messageId, event: 'accepted', limit: '1' });
    const { body } = await this.api.call<{ items: readonly unknown[] }>({
      operation: 'list events',
      method: 'GET',
      path: `${this.path('events')}?${query.toString()}`,
      repeatable: true,
    });
    return body && body.items.length > 0 ? messageId : null;
  }

  override async removeSuppression(address: string): Promise<void> {
    for (const list of ['bounces', 'complaints'] as const) {
      const path = `${this.path(list)}/${encodeURIComponent(address)}`;
      await this.api.delete('delete a suppression', path);
    }
  }

  private async handIn(email: Email): Promise<Delivery> {
    const { body } = await this.api.call<{ id: string }>({
      operation: 'send a mail',
      method: 'POST',
      path: this.path('messages'),
      body: this.form(email),
      repeatable: false,
    });
    return body?.id ? accepted(bare(body.id)) : unknown('Mailgun answered without a message');
  }

  private path(what: 'messages' | 'events' | 'bounces' | 'complaints'): string {
    return `/v3/${encodeURIComponent(this.config.domain ?? '')}/${what}`;
  }

  private form(email: Email): FormData {
    const { to, fromName, replyTo, subject, html, text, attachments = [], messageId } = email;
    const form = new FormData();
    const headers = {
      ...headersOf(email),
      'Message-Id': messageIdOf(email, this.mail),
      ...(replyTo ? { 'Reply-To': replyTo } : {}),
    };
    const fields: Record<string, string> = {
      from: mailbox(fromName || this.mail.fromName, this.mail.fromAddress),
      to: mailbox(to.name, to.address),
      subject,
      html,
      text,
      // Links to pay and to sign in go nowhere but to us.
      'o:tracking': 'no',
      'v:message': messageId,
    };
    for (const [name, value] of Object.entries(headers)) fields[`h:${name}`] = value;
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    for (const { filename, contentType, content, inline } of attachments) {
      // Mailgun makes the name of a picture its Content-ID.
      form.append(
        inline ? 'inline' : 'attachment',
        new Blob([new Uint8Array(content)], { type: contentType }),
        filename,
      );
    }
    return form;
  }
}

function mailbox(name: string, address: string): string {
  return name ? `"${name.replace(/["\\]/g, '\\$&')}" <${address}>` : address;
}

/** As its events call a message. */
function bare(id: string): string {
  return id.replace(/^<|>$/g, '');
}
