import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../http/bounded-map.js';
import { answered, Refusal } from '../http/refusal.js';
import type { Operation, Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { WebhookPosts } from '../http/webhook-posts.js';
import type { Sms } from '../twilio/message.js';
import { segmentsOf } from '../twilio/segments.js';

interface Order {
  msisdn?: string;
  text?: string;
  sender?: string;
  client_ref?: string;
}

/** An SMS aggregator of nobody's: JSON over HTTP, in names of its own. */
export class AggregatorServer implements Vendor {
  readonly system = 'aggregator';
  readonly webhooks = new WebhookPosts();
  readonly operations: readonly Operation[];
  private readonly messages = new BoundedMap<string, Sms>();

  constructor(private readonly options: { token: string; callbackSecret: string }) {
    const send = (request: VendorRequest) => this.send(request);
    this.operations = [
      { name: 'messages.create', method: 'POST', path: '/aggregator/messages', undescribed: true, handle: send },
    ];
  }

  refuseStranger({ headers }: VendorRequest): VendorAnswer | undefined {
    const isKnown = headers.authorization === `Bearer ${this.options.token}`;
    return isKnown ? undefined : new Refusal(401, { error: 'who are you?' }).toAnswer();
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return { status, body: { error: message } };
  }

  received(): Sms[] {
    return this.messages.newestFirst();
  }

  clear(): void {
    this.messages.clear();
    this.webhooks.clear();
  }

  private send({ body }: VendorRequest): VendorAnswer {
    const { msisdn = '', text = '', sender = '', client_ref } = body as Order;
    if (!/^\+\d{8,15}$/.test(msisdn)) throw new Refusal(422, { error: `not a number: ${msisdn}` });
    if (msisdn === '+4500000000') throw new Refusal(422, { error: `${msisdn} is blacklisted` });
    const id = randomUUID();
    const sms = {
      sid: id,
      from: sender,
      to: msisdn,
      body: text,
      segments: segmentsOf(text),
      status: 'sent',
      sentAt: new Date(),
    };
    this.messages.set(id, sms);
    return { status: 202, body: { data: { message_id: id } }, afterwards: () => void this.travel(sms, client_ref) };
  }

  private async travel(sms: Sms, reference: string | undefined): Promise<void> {
    sms.status = sms.to === '+4500000002' ? 'unknown_subscriber' : 'delivered';
    const report = { data: { message_id: sms.sid }, client_ref: reference, status: sms.status, number: sms.to };
    await this.webhooks.tell({
      body: JSON.stringify(report),
      headers: { 'content-type': 'application/json', 'x-callback-secret': this.options.callbackSecret },
    });
  }
}
