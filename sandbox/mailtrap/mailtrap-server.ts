import { createHmac, randomUUID } from 'node:crypto';
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

interface Sending {
  from: { email: string; name?: string };
  to: [{ email: string; name?: string }];
  subject: string;
  html?: string;
  text?: string;
  headers?: Record<string, string>;
  custom_variables?: Record<string, string>;
  attachments?: JsonFile[];
}

const ENDS: Readonly<Record<Fate, readonly object[]>> = {
  delivered: [{ event: 'delivery' }],
  bounced: [{ event: 'bounce', response_code: 550, response: '5.1.1 no such user', bounce_category: 'badmailbox' }],
  full: [{ event: 'soft bounce', response_code: 452, response: '4.2.2 mailbox full' }, { event: 'suspension' }],
  complained: [{ event: 'delivery' }, { event: 'spam' }],
};

/** Mailtrap's sending API and its signed webhooks. */
export class MailtrapServer implements Vendor {
  readonly system = 'mailtrap';
  readonly webhooks = new WebhookPosts();
  readonly suppressions = new Suppressions();
  readonly operations: readonly Operation[];

  constructor(
    private readonly options: { token: string; signingKey: string },
    private readonly mailbox: Mailbox,
  ) {
    const send = (request: VendorRequest) => this.send(request);
    this.operations = [{ name: 'send', method: 'POST', path: '/api/send', handle: send }];
  }

  refuseStranger({ headers }: VendorRequest): VendorAnswer | undefined {
    return headers.authorization === `Bearer ${this.options.token}`
      ? undefined
      : errors(401, 'Unauthorized').toAnswer();
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return errors(status, message).toAnswer();
  }

  signed(body: string, key = this.options.signingKey): Record<string, string> {
    const signature = createHmac('sha256', key).update(body).digest('hex');
    return { 'content-type': 'application/json', 'mailtrap-signature': signature };
  }

  private send({ body }: VendorRequest): VendorAnswer {
    const mail = body as unknown as Sending;
    const [to] = mail.to;
    if (!isMailbox(to.email)) throw errors(400, "'to' address is invalid");
    const [id, fate, isGone] = [randomUUID(), fateOf(to.email), this.suppressions.has(to.email)];
    if (!isGone && arrives(fate)) deliver(this.mailbox, handedIn(to, mail));
    const about = { message_id: id, email: to.email, custom_variables: mail.custom_variables ?? {} };
    const events = isGone ? [{ event: 'reject', reason: 'hard bounced before' }] : ENDS[fate];
    const afterwards = () => void this.tell(events.map((event) => ({ ...about, ...event })));
    return { status: 200, body: { success: true, message_ids: [id] }, afterwards };
  }

  private async tell(events: readonly object[]): Promise<void> {
    for (const event of events) {
      const told = { ...event, event_id: randomUUID(), timestamp: Math.floor(Date.now() / 1_000) };
      const body = JSON.stringify({ events: [told] });
      await this.webhooks.tell({ body, headers: this.signed(body) });
    }
  }
}

function handedIn(to: HandedIn['to'], { from, subject, html, text, headers = {}, attachments }: Sending): HandedIn {
  const files = filesIn(attachments);
  return { from, to, subject, headers, attachments: files, ...(html ? { html } : {}), ...(text ? { text } : {}) };
}

function errors(status: number, message: string): Refusal {
  return new Refusal(status, { success: false, errors: [message] });
}
