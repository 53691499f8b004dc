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
import { type MailtrapConfig, mailtrapUrl } from './mailtrap.config.js';

type Errors = { readonly errors?: readonly string[] };

/** E-mail by Mailtrap's sending API. What it has taken it cannot be asked; its webhook tells, with our id. */
export class MailtrapEmailSender extends EmailSender {
  readonly provider = 'mailtrap';
  private readonly api: KeyedApi;

  constructor(
    config: MailtrapConfig,
    private readonly mail: MailFrom,
    calls: ProviderCalls,
  ) {
    super();
    // Mailtrap's edge turns away who does not say what he is.
    const headers = { authorization: `Bearer ${config.token ?? ''}`, 'user-agent': 'just-driving' };
    const said = ({ errors }: Errors) => errors?.[0];
    this.api = new KeyedApi(
      { provider: 'mailtrap', title: 'Mailtrap', url: mailtrapUrl(config), headers, said },
      calls,
    );
  }

  send(written: Email): Promise<Delivery> {
    return handInEmail(written, (email) => this.handIn(email));
  }

  private async handIn(email: Email): Promise<Delivery> {
    const { body } = await this.api.call<{ message_ids?: readonly string[] }>({
      operation: 'send a mail',
      method: 'POST',
      path: '/api/send',
      body: this.request(email),
      repeatable: false,
    });
    const id = body?.message_ids?.[0];
    return id ? accepted(id) : unknown('Mailtrap answered without a message');
  }

  private request(email: Email): object {
    const { replyTo, html, text, attachments = [], messageId } = email;
    const { to, ...mail } = mailJson(email, this.mail);
    return {
      ...mail,
      to: [to],
      ...(replyTo ? { reply_to: { email: replyTo } } : {}),
      html,
      text,
      custom_variables: { message: messageId },
      ...(attachments.length > 0 ? { attachments: attachments.map(attachmentJson) } : {}),
    };
  }
}
