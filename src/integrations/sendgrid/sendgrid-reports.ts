import { createPublicKey, verify } from 'node:crypto';
import {
  atSecond,
  type DeliveryNews,
  DeliveryReports,
  type News,
  ourId,
  type ToldState,
} from '../../modules/notifications/index.js';
import { parsedJson } from '../../platform/ports/json-provider.js';
import { fingerprint, isWithin } from '../../platform/webhooks/proofs.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import type { SendgridConfig } from './sendgrid.config.js';

/** SendGrid tries for a day; older messages are refused, so that a recorded one cannot be played again. */
const toleranceMs = 2 * 86_400_000;

interface SendgridEvent {
  readonly event?: string;
  readonly email?: string;
  /** Seconds since the epoch. */
  readonly timestamp?: number;
  /** The API's answer, a dot, and where it was handled. */
  readonly sg_message_id?: string;
  readonly message?: unknown;
  /** Of a bounce: `blocked` is for the moment. */
  readonly type?: string;
  readonly reason?: string;
}

const states: Readonly<Partial<Record<string, ToldState>>> = {
  processed: 'sent',
  delivered: 'delivered',
  bounce: 'bounced',
  dropped: 'failed',
  spamreport: 'complained',
};

// Why SendGrid drops what it would only bounce again.
const goneForGood = /^(bounced address|invalid|spam reporting address)/i;

/** SendGrid signs each batch and its moment with a key of which we have the public half. */
export class SendgridReports extends DeliveryReports {
  readonly provider = 'sendgrid';
  readonly channel = 'email';

  constructor(private readonly config: SendgridConfig) {
    super();
  }

  /** @throws UntrustedWebhook */
  accept({ body, headers }: WebhookRequest): AcceptedWebhook {
    const [timestamp, signature] = ['timestamp', 'signature'].map((name) =>
      String(headers[`x-twilio-email-event-webhook-${name}`] ?? ''),
    ) as [string, string];
    const isFresh = isWithin(toleranceMs, Number(timestamp) * 1_000);
    if (!isFresh || !this.isSigned(Buffer.concat([Buffer.from(timestamp), body]), signature))
      throw new UntrustedWebhook();
    // A repeat is signed anew.
    return { key: fingerprint(body), kind: 'batch' };
  }

  parse(body: string, receivedAt: Date): News[] {
    const batch = parsedJson(body);
    return Array.isArray(batch)
      ? (batch as (SendgridEvent | null)[]).flatMap((event) => newsOf(event, receivedAt))
      : [];
  }

  private isSigned(signed: Buffer, signature: string): boolean {
    const { webhookPublicKey } = this.config;
    if (!webhookPublicKey) return false;
    const key = createPublicKey({ key: Buffer.from(webhookPublicKey, 'base64'), format: 'der', type: 'spki' });
    return verify('sha256', signed, key, Buffer.from(signature, 'base64'));
  }
}

function newsOf(event: SendgridEvent | null, receivedAt: Date): DeliveryNews[] {
  const state = states[event?.event ?? ''];
  if (!event || !state) return [];
  const { reason = null, type, timestamp } = event;
  return [
    {
      about: 'message',
      messageId: ourId(event.message),
      providerRef: (event.sg_message_id ?? '').split('.')[0]!,
      state,
      isHard: state === 'bounced' ? type !== 'blocked' : state === 'failed' && goneForGood.test(reason ?? ''),
      address: event.email ?? '',
      reason,
      at: atSecond(timestamp, receivedAt),
    },
  ];
}
