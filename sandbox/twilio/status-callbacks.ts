import { createHmac } from 'node:crypto';
import { postWebhook } from '../http/post-webhook.js';
import type { TwilioMessage } from './message.js';

/** Tells the application's status callback what became of its message. Like Twilio, it does not try again. */
export async function postStatus(url: string, message: TwilioMessage, authToken: string): Promise<void> {
  const params: Record<string, string> = {
    AccountSid: message.account_sid,
    ApiVersion: message.api_version,
    From: message.from ?? '',
    MessageSid: message.sid,
    MessageStatus: message.status,
    SmsSid: message.sid,
    SmsStatus: message.status,
    To: message.to,
    ...(message.error_code === null ? {} : { ErrorCode: String(message.error_code) }),
  };
  await postSigned(url, params, authToken);
}

/** Posts the form as Twilio does. */
export async function postSigned(
  url: string,
  params: Readonly<Record<string, string>>,
  authToken: string,
): Promise<void> {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
    'x-twilio-signature': twilioSignature(authToken, url, params),
  };
  await postWebhook(url, { headers, body: new URLSearchParams(params).toString() });
}

/** Twilio's signature: HMAC-SHA1 over the URL and every parameter, sorted by name. */
export function twilioSignature(authToken: string, url: string, params: Readonly<Record<string, string>>): string {
  const sorted = Object.keys(params).toSorted();
  const signed = url + sorted.map((name) => name + params[name]).join('');
  return createHmac('sha1', authToken).update(signed).digest('base64');
}
