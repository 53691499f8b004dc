import {
  accepted,
  type Cost,
  rejected,
  type Delivery,
  type Sms,
  SmsSender,
  unansweredBy,
  unknown,
} from '../../modules/notifications/index.js';
import { isE164 } from '../../platform/http/phone.js';
import { loadedOnce } from '../../platform/loading/loaded-once.js';
import type { ProviderCalls } from '../../platform/ports/provider-calls.js';
import type { TwilioConfig } from './twilio.config.js';

/** The longest body Twilio takes. */
const longestBody = 1_600;

/** How far Twilio's clock may be behind ours. */
const clockSkew = 60_000;

/** What the SDK throws: Twilio's own answer with a status, or the connection's error without one. */
interface TwilioFailure {
  readonly status?: number;
  readonly code?: number | string;
  readonly message: string;
}

/** Text messages by Twilio's Messages resource, which has no idempotency key: findTaken() stands in for one. */
export class TwilioSmsSender extends SmsSender {
  readonly provider = 'twilio';
  /** The SDK, loaded with the first call. */
  private readonly client = loadedOnce(async () => (await import('./twilio-client.js')).twilioClient(this.config));

  /** @param reportsUrl where Twilio tells what became of each message */
  constructor(
    private readonly config: TwilioConfig,
    private readonly fromNumber: string | undefined,
    private readonly reportsUrl: string,
    private readonly calls: ProviderCalls,
  ) {
    super();
  }

  async send(sms: Sms): Promise<Delivery> {
    const { to, body } = sms;
    if (!isE164(to)) return rejected('not a phone number');
    if (body.length > longestBody) return rejected('longer than Twilio takes');
    const client = await this.client();
    const create = () => client.messages.create({ to, body, ...this.sender(sms), ...this.reports(sms) });
    try {
      const { sid, numSegments } = await this.calls.run({
        ...call,
        operation: 'send a message',
        repeatable: false,
        send: create,
      });
      const segments = Number(numSegments);
      return sid ? accepted(sid, segments > 0 ? { segments } : {}) : unknown('Twilio answered without a message');
    } catch (error) {
      return afterFailure(error as TwilioFailure);
    }
  }

  /** What it costs, once Twilio has counted that. */
  async costOf(sid: string): Promise<Cost | null> {
    const client = await this.client();
    const fetch = () => client.messages(sid).fetch();
    const { price, priceUnit } = await this.calls.run({
      ...call,
      operation: 'fetch a message',
      repeatable: true,
      send: fetch,
    });
    const amount = Math.abs(Number(price));
    return price && priceUnit ? { micros: Math.round(amount * 1_000_000), currency: priceUnit.toUpperCase() } : null;
  }

  private sender({ from }: Sms): { from: string } | { messagingServiceSid: string } {
    const { messagingService } = this.config;
    if (from) return { from };
    return messagingService ? { messagingServiceSid: messagingService } : { from: this.fromNumber ?? '' };
  }

  private reports({ messageId }: Sms): { statusCallback?: string } {
    return messageId ? { statusCallback: `${this.reportsUrl}?message=${messageId}` } : {};
  }

  /** Not filtered by Twilio's DateSent, which is empty until the message has left their queue. */
  override async findTaken({ to, body }: Sms, since: Date): Promise<readonly string[]> {
    const client = await this.client();
    const list = () => client.messages.list({ to, limit: 50 });
    const newestFirst = await this.calls.run({ ...call, operation: 'list messages', repeatable: true, send: list });
    return newestFirst
      .filter((each) => each.body === body && each.dateCreated.getTime() >= since.getTime() - clockSkew)
      .filter((each) => each.status !== 'failed' && each.status !== 'canceled')
      .map((each) => each.sid)
      .reverse();
  }
}

const call = {
  provider: 'twilio',
  isOutage: (error: unknown) => isOutage(error as TwilioFailure),
} as const;

function isOutage({ status }: TwilioFailure): boolean {
  return status === undefined || status === 429 || status >= 500;
}

function afterFailure(error: TwilioFailure): Delivery {
  const { status, code, message } = error;
  const reason = `${['Twilio', status, code].filter(Boolean).join(' ')}: ${message}`;
  // A 400 is about this message; a 401, 404, 429 or 5xx is about the account or the moment, and the message may pass later.
  return status === 400 ? rejected(reason) : unansweredBy(error, reason);
}
