import { randomUUID } from 'node:crypto';
import { answered, Refusal } from '../http/refusal.js';
import type { Operation, Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { WebhookPosts } from '../http/webhook-posts.js';
import {
  arrives,
  deliver,
  type Fate,
  fateOf,
  filesIn,
  type HandedIn,
  isMailbox,
  type JsonFile,
} from '../mail/handed-in.js';
import { Suppressions } from '../mail/suppressions.js';
import type { Mailbox } from '../smtp/mailbox.js';
import { signedBySendgrid } from './sendgrid-signature.js';

interface MailSend {
  personalizations: [{ to: [{ email: string; name?: string }]; custom_args?: Record<string, string> }];
  from: { email: string; name?: string };
  subject: string;
  content: { type: string; value: string }[];
  headers?: Record<string, string>;
  attachments?: JsonFile[];
}

const ENDS: Readonly<Record<Fate, readonly object[]>> = {
  delivered: [{ event: 'delivered', response: '250 OK' }],
  bounced: [{ event: 'bounce', type: 'bounce', status: '5.1.1', reason: '550 5.1.1 no such user' }],
  full: [{ event: 'bounce', type: 'blocked', status: '4.2.2', reason: '452 4.2.2 mailbox full' }],
  complained: [{ event: 'delivered', response: '250 OK' }, { event: 'spamreport' }],
};

/** SendGrid's v3 mail/send and its signed event webhook. */
export class SendgridServer implements Vendor {
  readonly system = 'sendgrid';
  readonly webhooks = new WebhookPosts();
  readonly suppressions = new Suppressions();
  readonly operations: readonly Operation[];

  constructor(
    private readonly options: { apiKey: string },
    private readonly mailbox: Mailbox,
  ) {
    const send = (request: VendorRequest) => this.send(request);
    this.operations = [
      { name: 'mail.send', method: 'POST', path: '/v3/mail/send', handle: send },
      {
        name: 'bounces.delete',
        method: 'DELETE',
        path: '/v3/suppression/bounces/:email',
        handle: ({ params }) => this.release(params['email']!),
      },
      {
        name: 'spam_reports.delete',
        method: 'DELETE',
        path: '/v3/suppression/spam_reports/:email',
        undescribed: true,
        // Nobody is on this list of the sandbox's.
        handle: () => {
          throw errors(404, 'not found');
        },
      },
    ];
  }

  refuseStranger({ headers }: VendorRequest): VendorAnswer | undefined {
    const isKnown = headers.authorization === `Bearer ${this.options.apiKey}`;
    return isKnown ? undefined : errors(401, 'The provided authorization grant is invalid').toAnswer();
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return errors(status, message).toAnswer();
  }

  private send({ body }: VendorRequest): VendorAnswer {
    const mail = body as unknown as MailSend;
    const [{ to: recipients, custom_args: ours = {} }] = mail.personalizations;
    const [to] = recipients;
    if (!isMailbox(to.email)) throw errors(400, 'Does not contain a valid address.', 'personalizations.0.to.0.email');
    if (!isMailbox(mail.from.email)) throw errors(400, 'The from address is not valid.', 'from.email');
    const id = randomUUID().replaceAll('-', '').slice(0, 22);
    const suppressed = this.suppressions.has(to.email);
    const fate = fateOf(to.email);
    if (!suppressed && arrives(fate)) deliver(this.mailbox, handedIn(to, mail));
    const dropped = [{ event: 'dropped', reason: 'Bounced Address', status: '5.0.0' }];
    const events = suppressed ? dropped : [{ event: 'processed' }, ...ENDS[fate]];
    const about = { email: to.email, sg_message_id: `${id}.recvd-sandbox-1`, ...ours };
    const afterwards = () => void this.tell(events.map((event) => ({ ...about, ...event })));
    return { status: 202, body: undefined, headers: { 'x-message-id': id }, afterwards };
  }

  private release(email: string): VendorAnswer {
    if (!this.suppressions.remove(email)) throw errors(404, 'not found');
    return { status: 204, body: undefined };
  }

  /** Each by itself, as SendGrid may. */
  private async tell(events: readonly object[]): Promise<void> {
    for (const event of events) {
      const told = { ...event, sg_event_id: randomUUID(), timestamp: Math.floor(Date.now() / 1_000) };
      const body = JSON.stringify([told]);
      await this.webhooks.tell({ body, headers: signedBySendgrid(body) });
    }
  }
}

function handedIn(to: HandedIn['to'], { from, subject, content, headers = {}, attachments }: MailSend): HandedIn {
  const part = (type: string) => content.find((one) => one.type === type)?.value;
  const [html, text] = [part('text/html'), part('text/plain')];
  const files = filesIn(attachments);
  return { from, to, subject, headers, attachments: files, ...(html ? { html } : {}), ...(text ? { text } : {}) };
}

function errors(status: number, message: string, field: string | null = null): Refusal {
  return new Refusal(status, { errors: [{ message, ...(field ? { field } : {}) }] });
}
