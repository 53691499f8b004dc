import { Injectable } from '@nestjs/common';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { accepted, rejected, type Delivery, type Sms, SmsSender, unknown } from '../../modules/notifications/index.js';
import { twilioClient } from './twilio-client.js';
import { TwilioConfig } from './twilio.config.js';

/** The longest body Twilio takes. */
const longestBody = 1_600;

/** How far Twilio's clock may be behind ours. */
const clockSkew = 60_000;

/** Text messages by Twilio's Messages resource, which has no idempotency key: findTaken() stands in for one. */
@Injectable()
export class TwilioSmsSender extends SmsSender {
  readonly provider = 'twilio';
  private readonly client: ReturnType<typeof twilioClient>;

  constructor(private readonly config: TwilioConfig) {
    super();
    this.client = twilioClient(config);
  }

  async send({ to, body }: Sms): Promise<Delivery> {
    if (!parsePhoneNumberFromString(to)?.isValid()) return rejected('not a phone number');
    if (body.length > longestBody) return rejected('longer than Twilio takes');
    try {
      const { sid } = await this.client.messages.create({ to, from: this.config.fromNumber, body });
      return sid ? accepted(sid) : unknown('Twilio answered without a message');
    } catch (error) {
      return afterFailure(error);
    }
  }

  /** Not filtered by Twilio's DateSent, which is empty until the message has left their queue. */
  async findTaken({ to, body }: Sms, since: Date): Promise<readonly string[]> {
    const newestFirst = await this.client.messages.list({ to, limit: 50 });
    return newestFirst
      .filter((each) => each.body === body && each.dateCreated.getTime() >= since.getTime() - clockSkew)
      .filter((each) => each.status !== 'failed' && each.status !== 'canceled')
      .map((each) => each.sid)
      .reverse();
  }
}

function afterFailure(error: unknown): Delivery {
  const { status, code, message } = error as { status?: number; code?: number | string; message?: string };
  const reason = `Twilio ${status ?? 'did not answer'}${code === undefined ? '' : ` ${code}`}: ${withoutNumbers(message ?? '')}`;
  // A 400 is about this message; a 401, 404, 429 or 5xx is about the account or the moment, and the message may pass later.
  return status === 400 ? rejected(reason) : unknown(reason);
}

function withoutNumbers(text: string): string {
  return text.replace(/\+?\d{6,}/g, '…');
}
