import { addressWord, DeliveryReports, type News, ourId, type ToldState } from '../../modules/notifications/index.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import type { TwilioSmsSender } from './twilio-sms-sender.js';
import type { TwilioConfig } from './twilio.config.js';

const states: Readonly<Partial<Record<string, ToldState>>> = {
  sent: 'sent',
  delivered: 'delivered',
  undelivered: 'failed',
  failed: 'failed',
};

// Twilio's errors of numbers that take no text, ever: not a mobile, a landline, unknown.
const hardErrors = ['21211', '21614', '30005', '30006'];

/** The sender of a text who may not be written to again. */
const stopped = '21610';

/** Twilio signs the address it posts to together with the form's fields. */
export class TwilioReports extends DeliveryReports {
  readonly provider = 'twilio';
  readonly channel = 'sms';

  constructor(
    private readonly config: TwilioConfig,
    private readonly publicUrl: string,
    private readonly sender: Pick<TwilioSmsSender, 'costOf'>,
  ) {
    super();
  }

  /** @throws UntrustedWebhook */
  async accept({ body, headers, url }: WebhookRequest): Promise<AcceptedWebhook> {
    const form = new URLSearchParams(body.toString());
    const signature = headers['x-twilio-signature'];
    const called = this.publicUrl.replace(/\/$/, '') + url;
    const { authToken } = this.config;
    if (!authToken || typeof signature !== 'string') throw new UntrustedWebhook();
    const { isSigned } = await import('./twilio-client.js');
    if (!isSigned(authToken, signature, called, Object.fromEntries(form))) throw new UntrustedWebhook();
    const [sid, status] = [form.get('MessageSid') ?? '', form.get('MessageStatus') ?? 'received'];
    const message = new URL(called).searchParams.get('message');
    // Our id stands in the address alone.
    if (message) form.set('OurMessage', message);
    return { key: `${sid}:${status}`, kind: status, body: form.toString() };
  }

  async parse(body: string, receivedAt: Date): Promise<News[]> {
    const form = new URLSearchParams(body);
    const status = form.get('MessageStatus');
    if (!status) return addressWord(form.get('Body') ?? '', form.get('From') ?? '', receivedAt);
    const [state, error, sid] = [states[status], form.get('ErrorCode'), form.get('MessageSid') ?? ''];
    if (!state) return [];
    const address = form.get('To') ?? '';
    const cost = state === 'sent' ? null : await this.sender.costOf(sid);
    const news: News = {
      about: 'message',
      messageId: ourId(form.get('OurMessage')),
      providerRef: sid,
      state,
      isHard: state === 'failed' && hardErrors.includes(error ?? ''),
      address,
      reason: error ? `Twilio ${error}` : null,
      at: receivedAt,
      ...(cost ? { cost } : {}),
    };
    return error === stopped ? [news, { about: 'address', word: 'stop', address, at: receivedAt }] : [news];
  }
}
