import { createHmac } from 'node:crypto';
import {
  atSecond,
  type DeliveryNews,
  DeliveryReports,
  type News,
  ourId,
  type ToldState,
} from '../../modules/notifications/index.js';
import { parsedJson } from '../../platform/ports/json-provider.js';
import { fingerprint, isSameSecret } from '../../platform/webhooks/proofs.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import type { MailtrapConfig } from './mailtrap.config.js';

interface MailtrapEvent {
  readonly event?: string;
  readonly message_id?: string;
  readonly email?: string;
  readonly custom_variables?: { readonly message?: unknown } | null;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  readonly response?: string;
  readonly response_code?: number;
  readonly reason?: string;
}

const states: Readonly<Partial<Record<string, ToldState>>> = {
  delivery: 'delivered',
  bounce: 'bounced',
  suspension: 'failed',
  reject: 'failed',
  spam: 'complained',
};

/** Mailtrap signs the body. A soft bounce is no news: Mailtrap tries again. */
export class MailtrapReports extends DeliveryReports {
  readonly provider = 'mailtrap';
  readonly channel = 'email';

  constructor(private readonly config: MailtrapConfig) {
    super();
  }

  /** @throws UntrustedWebhook */
  accept({ body, headers }: WebhookRequest): AcceptedWebhook {
    const { webhookSecret } = this.config;
    if (!webhookSecret) throw new UntrustedWebhook();
    const wanted = createHmac('sha256', webhookSecret).update(body).digest('hex');
    if (!isSameSecret(String(headers['mailtrap-signature']), wanted)) throw new UntrustedWebhook();
    return { key: fingerprint(body), kind: 'batch' };
  }

  parse(body: string, receivedAt: Date): News[] {
    const events = (parsedJson(body) as { events?: unknown } | null)?.events;
    return Array.isArray(events)
      ? (events as (MailtrapEvent | null)[]).flatMap((event) => newsOf(event, receivedAt))
      : [];
  }
}

function newsOf(event: MailtrapEvent | null, receivedAt: Date): DeliveryNews[] {
  const state = states[event?.event ?? ''];
  if (!event || !state) return [];
  const said = [event.response_code, event.response].filter(Boolean).join(' ');
  return [
    {
      about: 'message',
      messageId: ourId(event.custom_variables?.message),
      providerRef: event.message_id ?? '',
      state,
      isHard: state === 'bounced',
      address: event.email ?? '',
      reason: said || event.reason || null,
      at: atSecond(event.timestamp, receivedAt),
    },
  ];
}
