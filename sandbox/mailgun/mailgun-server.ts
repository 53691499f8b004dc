import { createHmac, randomUUID } from 'node:crypto';
import { BoundedMap } from '../http/bounded-map.js';
import { basicLogin } from '../http/basic-login.js';
import { answered, Refusal } from '../http/refusal.js';
import { served, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { WebhookPosts } from '../http/webhook-posts.js';
import { arrives, deliver, type Fate, fateOf, isMailbox } from '../mail/handed-in.js';
import { Suppressions } from '../mail/suppressions.js';
import type { Mailbox } from '../smtp/mailbox.js';

export interface MailgunServerOptions {
  apiKey: string;
  domain: string;
  signingKey: string;
}

type Fields = Record<string, string | string[] | undefined>;

const ENDS: Readonly<Record<Fate, readonly object[]>> = {
  delivered: [{ event: 'delivered' }],
  bounced: [
    {
      event: 'failed',
      severity: 'permanent',
      reason: 'bounce',
      'delivery-status': { code: 550, message: '5.1.1 no such user' },
    },
  ],
  full: [
    {
      event: 'failed',
      severity: 'permanent',
      reason: 'old',
      'delivery-status': { code: 452, message: 'mailbox full' },
    },
  ],
  complained: [{ event: 'delivered' }, { event: 'complained' }],
};
const SUPPRESSED = [
  {
    event: 'failed',
    severity: 'permanent',
    reason: 'suppress-bounce',
    'delivery-status': { code: 605, message: 'Not delivering to previously bounced address' },
  },
];

/** Mailgun's messages, events and signed webhooks of one domain. */
export class MailgunServer implements Vendor {
  readonly system = 'mailgun';
  readonly webhooks = new WebhookPosts();
  readonly suppressions = new Suppressions();
  readonly operations: readonly Operation[];
  /** The ids of messages by their Message-ID without its brackets. */
  private readonly accepted = new BoundedMap<string, string>();

  constructor(
    private readonly options: MailgunServerOptions,
    private readonly mailbox: Mailbox,
  ) {
    const send = (request: VendorRequest) => this.send(request);
    this.operations = [
      { name: 'messages.create', method: 'POST', path: '/v3/:domain/messages', handle: send },
      served('events.list', 'GET', '/v3/:domain/events', ({ query }) =>
        this.events(one(query as Fields, 'message-id')),
      ),
      served('bounces.delete', 'DELETE', '/v3/:domain/bounces/:address', ({ params }) =>
        this.release(params['address']!),
      ),
      {
        name: 'complaints.delete',
        method: 'DELETE',
        path: '/v3/:domain/complaints/:address',
        undescribed: true,
        // Nobody is on this list of the sandbox's.
        handle: () => {
          throw refusal(404, 'Address not found in complaints table');
        },
      },
    ];
  }

  refuseStranger({ headers, params }: VendorRequest): VendorAnswer | undefined {
    const isKnown = headers.authorization === basicLogin('api', this.options.apiKey);
    if (!isKnown) return { status: 401, body: JSON.stringify('Forbidden') };
    return params['domain'] === this.options.domain ? undefined : refusal(404, 'Domain not found').toAnswer();
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return refusal(status, message).toAnswer();
  }

  clear(): void {
    this.accepted.clear();
    this.suppressions.clear();
    this.webhooks.clear();
  }

  /** The body of a webhook, with the signature in it. */
  signed(event: object, key = this.options.signingKey, at = new Date()): string {
    const [timestamp, token] = [String(Math.floor(at.getTime() / 1_000)), randomUUID().replaceAll('-', '')];
    const signature = createHmac('sha256', key)
      .update(timestamp + token)
      .digest('hex');
    return JSON.stringify({ signature: { timestamp, token, signature }, 'event-data': event });
  }

  private send({ body }: VendorRequest): VendorAnswer {
    const fields = body as Fields;
    const to = addressed(one(fields, 'to'));
    if (!isMailbox(to.email)) throw refusal(400, 'to parameter is not a valid address. please check documentation');
    const messageId = one(fields, 'h:Message-Id').replace(/^<|>$/g, '') || `${randomUUID()}@${this.options.domain}`;
    this.accepted.set(messageId, to.email);
    const fate = fateOf(to.email);
    const isGone = this.suppressions.has(to.email);
    if (!isGone && arrives(fate)) deliver(this.mailbox, handedIn(fields, to, messageId));
    const about = {
      recipient: to.email,
      message: { headers: { 'message-id': messageId } },
      'user-variables': variablesIn(fields),
    };
    const events = isGone ? SUPPRESSED : [{ event: 'accepted' }, ...ENDS[fate]];
    const afterwards = () => void this.tell(events.map((event) => ({ ...about, ...event })));
    return { status: 200, body: { id: `<${messageId}>`, message: 'Queued. Thank you.' }, afterwards };
  }

  private release(address: string): object {
    if (!this.suppressions.remove(address)) throw refusal(404, 'Address not found in bounces table');
    return { message: 'Bounced addresses for this domain have been removed', address };
  }

  private events(messageId: string): object {
    const recipient = this.accepted.get(messageId);
    const message = {
      headers: { 'message-id': messageId, from: 'a@b.example', to: recipient ?? '' },
      attachments: [],
      size: 1,
    };
    const items = recipient ? [{ id: randomUUID(), event: 'accepted', timestamp: Date.now() / 1_000, message }] : [];
    return { items, paging: { next: '', previous: '' } };
  }

  private async tell(events: readonly object[]): Promise<void> {
    for (const event of events) {
      const told = { id: randomUUID(), timestamp: Date.now() / 1_000, ...event };
      await this.webhooks.tell({ body: this.signed(told), headers: { 'content-type': 'application/json' } });
    }
  }
}

function one(fields: Fields, name: string): string {
  const value = fields[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

function addressed(written: string): { email: string; name: string } {
  const match = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<]*?))\s*<([^<>]*)>\s*$/.exec(written);
  return match
    ? { email: match[3]!, name: (match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1') }
    : { email: written, name: '' };
}

function variablesIn(fields: Fields): Record<string, string> {
  const named = Object.keys(fields).filter((name) => name.startsWith('v:'));
  return Object.fromEntries(named.map((name) => [name.slice(2), one(fields, name)]));
}

function filesIn(fields: Fields, field: 'attachment' | 'inline') {
  return [fields[field] ?? []].flat().map((file) => {
    const [, type = '', name = '', data = ''] = /^data:([^;]*);name=([^;]*);base64,(.*)$/s.exec(file) ?? [];
    return { name: decodeURIComponent(name), type, content: Buffer.from(data, 'base64') };
  });
}

function handedIn(fields: Fields, to: { email: string; name: string }, messageId: string) {
  const headers = Object.keys(fields).filter((name) => name.startsWith('h:') && name !== 'h:Message-Id');
  const shown = filesIn(fields, 'inline').map((file) => ({ ...file, contentId: file.name }));
  return {
    from: addressed(one(fields, 'from')),
    to,
    subject: one(fields, 'subject'),
    html: one(fields, 'html'),
    text: one(fields, 'text'),
    headers: {
      ...Object.fromEntries(headers.map((name) => [name.slice(2), one(fields, name)])),
      'Message-Id': `<${messageId}>`,
    },
    attachments: [...filesIn(fields, 'attachment'), ...shown],
  };
}

function refusal(status: number, message: string): Refusal {
  return new Refusal(status, { message });
}
