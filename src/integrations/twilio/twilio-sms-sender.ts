import { Injectable } from '@nestjs/common';
import { accepted, rejected, type Delivery, type Sms, SmsSender, unknown } from '../../modules/notifications/index.js';
import { isE164 } from '../../platform/http/phone.js';
import { ProviderCalls } from '../../platform/ports/provider-calls.js';
import { twilioClient } from './twilio-client.js';
import { TwilioConfig } from './twilio.config.js';

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
@Injectable()
export class TwilioSmsSender extends SmsSender {
  readonly provider = 'twilio';
  private readonly client: ReturnType<typeof twilioClient>;

  constructor(
    private readonly config: TwilioConfig,
    private readonly calls: ProviderCalls,
  ) {
    super();
    this.client = twilioClient(config);
  }

  async send({ to, body }: Sms): Promise<Delivery> {
    if (!isE164(to)) return rejected('not a phone number');
    if (body.length > longestBody) return rejected('longer than Twilio takes');
    const create = () => this.client.messages.create({ to, from: this.config.fromNumber, body });
    try {
      const { sid } = await this.calls.run({ ...call, operation: 'send a message', repeatable: false, send: create });
      return sid ? accepted(sid) : unknown('Twilio answered without a message');
    } catch (error) {
      return afterFailure(error as TwilioFailure);
    }
  }

  /** Not filtered by Twilio's DateSent, which is empty until the message has left their queue. */
  async findTaken({ to, body }: Sms, since: Date): Promise<readonly string[]> {
    const list = () => this.client.messages.list({ to, limit: 50 });
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

function afterFailure({ status, code, message }: TwilioFailure): Delivery {
  const reason = withoutNumbers(['Twilio', status, code].filter(Boolean).join(' ') + `: ${message}`);
  // A 400 is about this message; a 401, 404, 429 or 5xx is about the account or the moment, and the message may pass later.
  return status === 400 ? rejected(reason) : unknown(reason);
}

function withoutNumbers(text: string): string {
  return text.replace(/\+?\d{6,}/g, '…');
}
