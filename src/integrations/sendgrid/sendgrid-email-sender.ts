import {
  accepted,
  attachmentJson,
  type Delivery,
  type Email,
  EmailSender,
  handInEmail,
  type MailFrom,
  mailJson,
  unknown,
} from '../../modules/notifications/index.js';
import { KeyedApi } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { type SendgridConfig, sendgridUrl } from './sendgrid.config.js';

type Errors = { readonly errors?: readonly { readonly message?: string }[] };

const off = { enable: false };

/** E-mail by SendGrid's v3 API. What it has taken it cannot be asked; its webhook tells, with our id. */
export class SendgridEmailSender extends EmailSender {
  readonly provider = 'sendgrid';
  private readonly api: KeyedApi;

  constructor(
    config: SendgridConfig,
    private readonly mail: MailFrom,
    calls: ProviderCalls,
  ) {
    super();
    const headers = { authorization: `Bearer ${config.apiKey ?? ''}` };
    const said = ({ errors }: Errors) => errors?.[0]?.message;
    this.api = new KeyedApi(
      { provider: 'sendgrid', title: 'SendGrid', url: sendgridUrl(config), headers, said },
      calls,
    );
  }

  send(written: Email): Promise<Delivery> {
    return handInEmail(written, (email) => this.handIn(email));
  }

  override async removeSuppression(address: string): Promise<void> {
    const email = encodeURIComponent(address);
    for (const list of ['bounces', 'spam_reports']) {
      const path = `/v3/suppression/${list}/${email}?email_address=${email}`;
      await this.api.delete('delete a suppression', path);
    }
  }

  private async handIn(email: Email): Promise<Delivery> {
    const { headers } = await this.api.call({
      operation: 'send a mail',
      method: 'POST',
      path: '/v3/mail/send',
      body: this.request(email),
      repeatable: false,
    });
    const id = headers.get('x-message-id');
    return id ? accepted(id) : unknown('SendGrid answered without a message');
  }

  private request(email: Email): object {
    const { replyTo, html, text, attachments = [], messageId } = email;
    const { to, ...mail } = mailJson(email, this.mail);
    return {
      ...mail,
      personalizations: [{ to: [to], custom_args: { message: messageId } }],
      ...(replyTo ? { reply_to: { email: replyTo } } : {}),
      content: [
        { type: 'text/plain', value: text },
        { type: 'text/html', value: html },
      ],
      ...(attachments.length > 0 ? { attachments: attachments.map(attachmentJson) } : {}),
      // Links to pay and to sign in go nowhere but to us.
      tracking_settings: { click_tracking: { ...off, enable_text: false }, open_tracking: off },
    };
  }
}
