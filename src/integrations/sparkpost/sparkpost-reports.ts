import {
  atSecond,
  type DeliveryNews,
  DeliveryReports,
  type News,
  ourId,
  type ToldState,
} from '../../modules/notifications/index.js';
import { basicLogin } from '../../platform/http/basic-login.js';
import { parsedJson } from '../../platform/ports/json-provider.js';
import { fingerprint, isSameSecret } from '../../platform/webhooks/proofs.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import type { SparkpostConfig } from './sparkpost.config.js';

interface MessageEvent {
  readonly type: string;
  readonly transmission_id?: string;
  readonly rcpt_to?: string;
  readonly rcpt_meta?: { readonly message?: unknown };
  /** Seconds since the epoch, as text. */
  readonly timestamp?: string;
  readonly bounce_class?: string;
  readonly reason?: string;
}

type Batch = readonly { readonly msys: Readonly<Record<string, MessageEvent | undefined>> }[];

// SparkPost's bounce classes of mailboxes that are not there: invalid recipient, no recipient, unsubscribed.
const hardClasses = ['10', '30', '90'];

const states: Readonly<Partial<Record<string, ToldState>>> = {
  injection: 'sent',
  delivery: 'delivered',
  bounce: 'bounced',
  out_of_band: 'bounced',
  policy_rejection: 'failed',
  generation_failure: 'failed',
  generation_rejection: 'failed',
  spam_complaint: 'complained',
};

/** SparkPost posts batches with the webhook's own basic authentication, and names each batch. */
export class SparkpostReports extends DeliveryReports {
  readonly provider = 'sparkpost';
  readonly channel = 'email';

  constructor(private readonly config: SparkpostConfig) {
    super();
  }

  /** @throws UntrustedWebhook */
  accept({ body, headers }: WebhookRequest): AcceptedWebhook {
    const { webhookUsername: username, webhookPassword: password } = this.config;
    if (!username || !password) throw new UntrustedWebhook();
    if (!isSameSecret(String(headers['authorization']), basicLogin(username, password))) throw new UntrustedWebhook();
    return { key: String(headers['x-messagesystems-batch-id'] ?? fingerprint(body)), kind: 'batch' };
  }

  parse(body: string, receivedAt: Date): News[] {
    const batch = parsedJson(body);
    if (!Array.isArray(batch)) return [];
    return (batch as Batch).flatMap((each) =>
      Object.values(each?.msys ?? {}).flatMap((event) => newsOf(event, receivedAt)),
    );
  }
}

function newsOf(event: MessageEvent | undefined, receivedAt: Date): DeliveryNews[] {
  const state = event && states[event.type];
  if (!state) return [];
  return [
    {
      about: 'message',
      messageId: ourId(event.rcpt_meta?.message),
      providerRef: event.transmission_id ?? '',
      state,
      isHard: state === 'bounced' && hardClasses.includes(event.bounce_class ?? ''),
      address: event.rcpt_to ?? '',
      reason: event.reason ?? null,
      at: atSecond(event.timestamp, receivedAt),
    },
  ];
}
