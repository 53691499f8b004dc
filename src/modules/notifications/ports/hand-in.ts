import { e164Form } from '../../../platform/http/phone.js';
import { KeyedApiRefusal } from '../../../platform/ports/keyed-api.js';
import { type Delivery, rejected, unansweredBy } from './delivery.js';
import type { Email } from './email-sender.js';
import { sendable } from './sendable.js';
import type { Sms } from './sms-sender.js';

/** Longer than any of ours: ten parts. */
const longestText = 1_530;

// Their own refusal of this message. A 401, 403, 404, 429 or 5xx is about the account or the moment, and it may pass later.
const aboutTheMessage = [400, 413, 422];

type IsFinal = (refusal: KeyedApiRefusal) => boolean;

/** Hands a mail to a provider's API as every provider may have it. */
export async function handInEmail(email: Email, send: (email: Email) => Promise<Delivery>): Promise<Delivery> {
  const plain = sendable(email);
  return 'outcome' in plain ? plain : outcomeOf(() => send(plain));
}

/** @param isFinal whether a refusal is about the message, where the provider's word says that better than its status */
export async function handInSms(
  { to, body }: Sms,
  send: () => Promise<Delivery>,
  isFinal?: IsFinal,
): Promise<Delivery> {
  if (!e164Form.test(to)) return rejected('not a phone number');
  if (body.length > longestText) return rejected('longer than a text message should be');
  return outcomeOf(send, isFinal);
}

async function outcomeOf(send: () => Promise<Delivery>, isFinal?: IsFinal): Promise<Delivery> {
  try {
    return await send();
  } catch (error) {
    return afterFailure(error, isFinal);
  }
}

/** What a failed call means for the message: refused for good by the provider itself, or nobody knows. */
function afterFailure(error: unknown, isFinal: IsFinal = () => true): Delivery {
  const { message } = error as Error;
  const isRefused = error instanceof KeyedApiRefusal && error.said !== null && aboutTheMessage.includes(error.status);
  return isRefused && isFinal(error) ? rejected(message) : unansweredBy(error);
}
