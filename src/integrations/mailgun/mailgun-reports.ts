import { createHmac } from 'node:crypto';
import { atSecond, DeliveryReports, type News, ourId, type ToldState } from '../../modules/notifications/index.js';
import { parsedJson } from '../../platform/ports/json-provider.js';
import { fingerprint, isSameSecret, isWithin } from '../../platform/webhooks/proofs.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import type { MailgunConfig } from './mailgun.config.js';

/** Mailgun tries for eight hours; older messages are refused, so that a recorded one cannot be played again. */
const toleranceMs = 86_400_000;

interface MailgunEvent {
  readonly id?: string;
  readonly event?: string;
  readonly severity?: string;
  readonly reason?: string;
  readonly recipient?: string;
  /** Seconds since the epoch, with a fraction. */
  readonly timestamp?: number;
  readonly message?: { readonly headers?: { readonly 'message-id'?: string } };
  readonly 'user-variables'?: { readonly message?: unknown };
  readonly 'delivery-status'?: { readonly code?: number; readonly message?: string; readonly description?: string };
}

interface Posted {
  readonly signature?: { readonly timestamp?: string; readonly token?: string; readonly signature?: unknown };
  readonly 'event-data'?: MailgunEvent | null;
}

const states: Readonly<Partial<Record<string, ToldState>>> = {
  accepted: 'sent',
  delivered: 'delivered',
  rejected: 'failed',
  complained: 'complained',
};

// Mailgun's reasons for giving up on a mailbox, and not only on this mail.
const hardReasons = ['bounce', 'suppress-bounce', 'suppress-complaint'];

/** Mailgun signs a moment and a token within the body. */
export class MailgunReports extends DeliveryReports {
  readonly provider = 'mailgun';
  readonly channel = 'email';

  constructor(private readonly config: MailgunConfig) {
    super();
  }

  /** @throws UntrustedWebhook */
  accept({ body }: WebhookRequest): AcceptedWebhook {
    const { signature: given, 'event-data': event } = postedIn(body.toString());
    const { timestamp = '', token = '', signature } = given ?? {};
    const { signingKey } = this.config;
    const isFresh = isWithin(toleranceMs, Number(timestamp) * 1_000);
    if (!signingKey || !event || !isFresh) throw new UntrustedWebhook();
    const wanted = createHmac('sha256', signingKey).update(`${timestamp}${token}`).digest('hex');
    if (typeof signature !== 'string' || !isSameSecret(signature, wanted)) throw new UntrustedWebhook();
    return { key: event.id ?? fingerprint(JSON.stringify(event)), kind: event.event ?? 'event' };
  }

  parse(body: string, receivedAt: Date): News[] {
    const event = postedIn(body)['event-data'];
    const state = event && stateOf(event);
    if (!state) return [];
    const status = event['delivery-status'];
    const reason =
      [status?.code, status?.message || status?.description].filter(Boolean).join(' ') || event.reason || null;
    return [
      {
        about: 'message',
        messageId: ourId(event['user-variables']?.message),
        providerRef: event.message?.headers?.['message-id'] ?? '',
        state,
        isHard: state === 'bounced' && hardReasons.includes(event.reason ?? ''),
        address: event.recipient ?? '',
        reason: state === 'delivered' || state === 'sent' ? null : reason,
        at: atSecond(event.timestamp, receivedAt),
      },
    ];
  }
}

function postedIn(body: string): Posted {
  return (parsedJson(body) as Posted | null) ?? {};
}

/** A temporary failure is no news: Mailgun tries again. */
function stateOf({ event, severity }: MailgunEvent): ToldState | undefined {
  if (event === 'failed') return severity === 'permanent' ? 'bounced' : undefined;
  return states[event ?? ''];
}
