import { setTimeout as pause } from 'node:timers/promises';
import { basicLogin } from '../http/basic-login.js';
import type { Operation, Vendor } from '../http/vendor.js';
import { answered } from '../http/refusal.js';
import { sid } from '../http/tokens.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { type Sms, type TwilioMessage, twilioDate } from './message.js';
import { type StoredMessage, TwilioMessages } from './messages.js';
import { TwilioRefusal, UNREACHABLE_RECIPIENTS } from './refusals.js';
import { postSigned, postStatus } from './status-callbacks.js';

export interface TwilioServerOptions {
  accountSid: string;
  authToken: string;
  /** How long a message stays `queued`, and then `sent`, in milliseconds. */
  deliveryStepMs: number;
}

const MESSAGES = '/2010-04-01/Accounts/:accountSid/Messages.json';
const MESSAGE = '/2010-04-01/Accounts/:accountSid/Messages/:sid.json';

/** Twilio's Programmable Messaging, with a phone that receives everything. */
export class TwilioServer implements Vendor {
  readonly system = 'twilio';
  readonly operations: readonly Operation[];
  private readonly messages = new TwilioMessages();
  private readonly closing = new AbortController();

  constructor(private readonly options: TwilioServerOptions) {
    this.operations = [
      { name: 'messages.create', method: 'POST', path: MESSAGES, handle: (request) => this.create(request) },
      { name: 'messages.list', method: 'GET', path: MESSAGES, handle: (request) => this.list(request) },
      { name: 'messages.fetch', method: 'GET', path: MESSAGE, handle: (request) => this.fetch(request) },
    ];
  }

  refuseStranger({ headers, params }: VendorRequest): VendorAnswer | undefined {
    const { accountSid, authToken } = this.options;
    const expected = basicLogin(accountSid, authToken);
    if (headers.authorization === expected && params['accountSid'] === accountSid) return undefined;
    return new TwilioRefusal(20003, 'Authenticate', 401).toAnswer();
  }

  act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    return answered(() => operation.handle(request));
  }

  failure(status: number, message: string): VendorAnswer {
    return new TwilioRefusal(status === 429 ? 20429 : 20500, message, status).toAnswer();
  }

  /** What the phones have received, the newest first. */
  received(): Sms[] {
    return this.messages.newestFirst().map(({ message, createdAt }) => ({
      sid: message.sid,
      from: message.from ?? message.messaging_service_sid ?? '',
      to: message.to,
      body: message.body,
      segments: Number(message.num_segments),
      status: message.status,
      sentAt: createdAt,
    }));
  }

  /** Somebody answers: posted to the address that the number's owner has set up. */
  async answer(url: string, from: string, body: string): Promise<void> {
    const { accountSid, authToken } = this.options;
    await postSigned(
      url,
      { AccountSid: accountSid, MessageSid: sid('SM'), From: from, Body: body, NumMedia: '0' },
      authToken,
    );
  }

  clear(): void {
    this.messages.clear();
  }

  close(): void {
    this.closing.abort();
  }

  private create(request: VendorRequest): VendorAnswer {
    const stored = this.messages.create(this.options.accountSid, request.body);
    return { status: 201, body: { ...stored.message }, afterwards: () => void this.travel(stored) };
  }

  private list(request: VendorRequest): VendorAnswer {
    return { status: 200, body: this.messages.page(request.path, request.query) };
  }

  private fetch(request: VendorRequest): VendorAnswer {
    const stored = this.messages.get(request.params['sid'] ?? '');
    if (!stored) throw new TwilioRefusal(20404, `The requested resource ${request.path} was not found`, 404);
    return { status: 200, body: stored.message };
  }

  /** The message's way to the phone: sent, then delivered or not. */
  private async travel(stored: StoredMessage): Promise<void> {
    const { message } = stored;
    const unreachable = message.to in UNREACHABLE_RECIPIENTS;
    for (const status of ['sent', unreachable ? 'undelivered' : 'delivered'] as const) {
      try {
        await pause(this.options.deliveryStepMs, undefined, { signal: this.closing.signal, ref: false });
      } catch {
        return; // The sandbox closes.
      }
      advance(message, status);
      if (stored.statusCallback) await postStatus(stored.statusCallback, message, this.options.authToken);
    }
  }
}

function advance(message: TwilioMessage, status: 'sent' | 'delivered' | 'undelivered'): void {
  message.status = status;
  message.date_updated = twilioDate(new Date());
  message.date_sent ??= message.date_updated;
  message.price ??= `-${(Number(message.num_segments) * 0.045).toFixed(5)}`;
  if (status !== 'undelivered') return;
  [message.error_code, message.error_message] = UNREACHABLE_RECIPIENTS[message.to]!;
}
