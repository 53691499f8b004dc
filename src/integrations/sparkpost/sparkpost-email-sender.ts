import {
  accepted,
  type Attachment,
  type Delivery,
  type Email,
  EmailSender,
  handInEmail,
  type MailFrom,
  mailJson,
  rejected,
  unknown,
} from '../../modules/notifications/index.js';
import { KeyedApi, KeyedApiRefusal } from '../../platform/ports/keyed-api.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { type SparkpostConfig, sparkpostUrl } from './sparkpost.config.js';

interface Transmitted {
  readonly results: { readonly id: string; readonly total_accepted_recipients: number };
}

interface Suppression {
  readonly source?: string;
  readonly description?: string;
}

type Errors = { readonly errors?: readonly { readonly message?: string; readonly description?: string }[] };

/** E-mail by SparkPost's transmissions. It keeps no key for repeats and finds none: what became of a mail its webhook tells. */
export class SparkpostEmailSender extends EmailSender {
  readonly provider = 'sparkpost';
  private readonly api: KeyedApi;

  constructor(
    config: SparkpostConfig,
    private readonly mail: MailFrom,
    calls: ProviderCalls,
  ) {
    super();
    const headers = { authorization: config.apiKey ?? '' };
    const said = ({ errors }: Errors) => errors?.[0]?.description ?? errors?.[0]?.message;
    this.api = new KeyedApi(
      { provider: 'sparkpost', title: 'SparkPost', url: sparkpostUrl(config), headers, said },
      calls,
    );
  }

  send(written: Email): Promise<Delivery> {
    return handInEmail(written, (email) => this.handIn(email));
  }

  override removeSuppression(address: string): Promise<void> {
    const path = suppressionPath(address);
    return this.api.delete('delete a suppression', path);
  }

  private async handIn(email: Email): Promise<Delivery> {
    const suppressed = await this.suppressed(email.to.address);
    if (suppressed) return rejected(`SparkPost does not write there: ${suppressed}`);
    const { body } = await this.api.call<Transmitted>({
      operation: 'send a mail',
      method: 'POST',
      path: '/v1/transmissions',
      body: this.transmission(email),
      repeatable: false,
    });
    const result = body?.results;
    if (!result?.id) return unknown('SparkPost answered without a transmission');
    return result.total_accepted_recipients > 0 ? accepted(result.id) : rejected('SparkPost takes no such recipient');
  }

  /** Why SparkPost would take the mail and throw it away, or null. */
  private async suppressed(address: string): Promise<string | null> {
    try {
      const { body } = await this.api.call<{ results: readonly Suppression[] }>({
        operation: 'read suppressions',
        method: 'GET',
        path: suppressionPath(address),
        repeatable: true,
      });
      const [first] = body?.results ?? [];
      return first ? (first.description ?? first.source ?? 'it is on the suppression list') : null;
    } catch (error) {
      if (error instanceof KeyedApiRefusal && error.status === 404) return null;
      throw error;
    }
  }

  private transmission(email: Email): object {
    const { replyTo, html, text, attachments = [], messageId } = email;
    const { to, ...mail } = mailJson(email, this.mail);
    return {
      // Our texts are finished: what looks like a placeholder of SparkPost's is somebody's name.
      options: { transactional: true, open_tracking: false, click_tracking: false, perform_substitutions: false },
      recipients: [{ address: to, metadata: { message: messageId } }],
      content: {
        ...mail,
        ...(replyTo ? { reply_to: replyTo } : {}),
        html,
        text,
        ...filesOf(attachments),
      },
    };
  }
}

function suppressionPath(address: string): string {
  return `/v1/suppression-list/${encodeURIComponent(address)}`;
}

/** SparkPost's name of a picture is what the HTML calls it by. */
function filesOf(files: readonly Attachment[]): object {
  const [shown, kept] = [files.filter(({ inline }) => inline), files.filter(({ inline }) => !inline)];
  return {
    ...(kept.length > 0 ? { attachments: kept.map(attached) } : {}),
    ...(shown.length > 0 ? { inline_images: shown.map(attached) } : {}),
  };
}

function attached({ filename, contentType, content }: Attachment): object {
  return { name: filename, type: contentType, data: content.toString('base64') };
}
