import twilio from 'twilio';
import type RequestClient from 'twilio/lib/base/RequestClient.js';
import type { TwilioConfig } from './twilio.config.js';

// Longer than the wrapper around every call waits, so that the wrapper decides.
const patience = 15_000;

/** Sends what the SDK addresses to Twilio's hosts to another address, which the SDK itself cannot be told. */
class RedirectedClient extends twilio.RequestClient {
  constructor(private readonly base: string) {
    super({ timeout: patience });
  }

  override request<Data>(options: RequestClient.RequestOptions<Data>) {
    const { pathname, search } = new URL(options.uri);
    return super.request<Data>({ ...options, uri: `${this.base.replace(/\/$/, '')}${pathname}${search}` });
  }
}

/** Whether Twilio signed what came. */
export const isSigned = twilio.validateRequest;

/** The vendor's SDK, which repeats nothing by itself: what became of a call must be known before another one. */
export function twilioClient({ accountSid, authToken, apiUrl }: TwilioConfig): ReturnType<typeof twilio> {
  const httpClient = apiUrl ? new RedirectedClient(apiUrl) : new twilio.RequestClient({ timeout: patience });
  return twilio(accountSid, authToken, { httpClient, autoRetry: false });
}
