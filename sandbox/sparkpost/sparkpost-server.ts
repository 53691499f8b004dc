import { randomUUID } from 'node:crypto';
import { basicLogin } from '../http/basic-login.js';
import { answered, Refusal } from '../http/refusal.js';
import { served, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { WebhookPosts } from '../http/webhook-posts.js';
import { arrives, deliver, type Fate, fateOf, type HandedIn, isMailbox } from '../mail/handed-in.js';
import { Suppressions } from '../mail/suppressions.js';
import type { Mailbox } from '../smtp/mailbox.js';

export interface SparkpostServerOptions {
  apiKey: string;
  webhookLogin: { username: string; password: string };
}

interface Transmission {
  recipients: [{ address: { email: string; name?: string }; metadata?: Record<string, unknown> }];
  content: {
    from: { email: string; name?: string };
    subject: string;
    html?: string;
    text?: string;
    headers?: Record<string, string>;
    attachments?: { name: string; type: string; data: string }[];
    inline_images?: { name: string; type: string; data: string }[];
  };
}

const BOUNCES = {
  bounced: { bounce_class: '10', reason: '550 5.1.1 The email account that you tried to reach does not exist' },
  full: { bounce_class: '22', reason: '552 5.2.2 The mailbox is full' },
} as const;

/** SparkPost's transmissions and suppression list. */
export class SparkpostServer implements Vendor {
  readonly system = 'sparkpost';
  readonly webhooks = new WebhookPosts();
  readonly suppressions = new Suppressions();
  readonly operations: readonly Operation[];

  constructor(
    private readonly options: SparkpostServerOptions,
    private readonly mailbox: Mailbox,
  ) {
    this.operations = [
      {
        name: 'transmissions.create',
        method: 'POST',
        path: '/v1/transmissions',
        handle: (request) => this.send(request),
      },
      served('suppressions.get', 'GET', '/v1/suppression-list/:email', ({ params }) =>
        this.suppressionOf(params['email']!),
      ),
      {
        name: 'suppressions.delete',
        method: 'DELETE',
        path: '/v1/suppression-list/:email',
        handle: ({ params }) => this.release(params['email']!),
      },
    ];
  }

  refuseStranger({ headers }: VendorRequest): VendorAnswer | undefined {
    return headers.authorization === this.options.apiKey ? undefined : errors(401, 'Unauthorized').toAnswer();
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return errors(status, message).toAnswer();
  }

  private suppressionOf(email: string): object {
    if (!this.suppressions.has(email)) throw errors(404, 'Recipient could not be found');
    const created = '2026-01-01T00:00:00+00:00';
    return {
      results: [{ recipient: email, type: 'transactional', source: 'Bounce Rule', description: '550 gone', created }],
    };
  }

  private release(email: string): VendorAnswer {
    if (!this.suppressions.remove(email)) throw errors(404, 'Recipient could not be found');
    return { status: 204, body: undefined };
  }

  private send({ body }: VendorRequest): VendorAnswer {
    const { recipients, content } = body as unknown as Transmission;
    const [{ address, metadata }] = recipients;
    if (!isMailbox(address.email)) throw errors(422, 'invalid data format/type', `invalid address ${address.email}`);
    const id = String(Date.now()) + String(Math.random()).slice(2, 6);
    const event = { transmission_id: id, rcpt_to: address.email, rcpt_meta: metadata ?? {} };
    const results = { total_rejected_recipients: 0, total_accepted_recipients: 1, id };
    const fate = fateOf(address.email);
    if (arrives(fate)) deliver(this.mailbox, handedIn(address, content));
    return { status: 200, body: { results }, afterwards: () => void this.tell(event, fate) };
  }

  private async tell(event: object, fate: Fate): Promise<void> {
    await this.post({ ...event, type: 'injection' });
    if (!arrives(fate)) return this.post({ ...event, type: 'bounce', ...BOUNCES[fate] });
    await this.post({ ...event, type: 'delivery' });
    if (fate === 'complained') await this.post({ ...event, type: 'spam_complaint', fbtype: 'abuse' });
  }

  private post(event: object): Promise<void> {
    const { username, password } = this.options.webhookLogin;
    const told = { event_id: randomUUID(), timestamp: String(Date.now() / 1_000), ...event };
    return this.webhooks.tell({
      body: JSON.stringify([{ msys: { message_event: told } }]),
      headers: {
        'content-type': 'application/json',
        'x-messagesystems-batch-id': randomUUID(),
        authorization: basicLogin(username, password),
      },
    });
  }
}

function handedIn(
  to: HandedIn['to'],
  { attachments = [], inline_images: pictures = [], headers = {}, ...content }: Transmission['content'],
): HandedIn {
  const file = (each: { name: string; type: string; data: string }) => ({
    name: each.name,
    type: each.type,
    content: Buffer.from(each.data, 'base64'),
  });
  const shown = pictures.map((each) => ({ ...file(each), contentId: each.name }));
  return { ...content, to, headers, attachments: [...attachments.map(file), ...shown] };
}

function errors(status: number, message: string, description?: string): Refusal {
  return new Refusal(status, { errors: [{ message, ...(description ? { description } : {}) }] });
}
