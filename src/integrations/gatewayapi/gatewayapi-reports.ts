import { jwtVerify } from 'jose';
import {
  addressWord,
  atSecond,
  DeliveryReports,
  type News,
  ourId,
  type ToldState,
} from '../../modules/notifications/index.js';
import { parsedJson } from '../../platform/ports/json-provider.js';
import { fingerprint } from '../../platform/webhooks/proofs.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import type { GatewayapiConfig } from './gatewayapi.config.js';

interface Told {
  readonly id?: number;
  readonly msisdn?: number | string;
  /** Seconds since the epoch. */
  readonly time?: number;
  readonly status?: string;
  readonly error?: string | null;
  readonly code?: string | null;
  readonly userref?: string | null;
  /** Of what somebody has written to us. */
  readonly message?: string;
  readonly senttime?: number;
}

const states: Readonly<Partial<Record<string, ToldState>>> = {
  SCHEDULED: 'sent',
  BUFFERED: 'sent',
  ENROUTE: 'sent',
  ACCEPTED: 'sent',
  DELIVERED: 'delivered',
  EXPIRED: 'failed',
  DELETED: 'failed',
  UNDELIVERABLE: 'failed',
  REJECTED: 'failed',
  SKIPPED: 'failed',
};

// GatewayAPI's codes of numbers that nobody has: unknown or unidentified subscribers, and addresses that are no mobile's.
const hardCodes = ['1010', '1020', '1040', '1052', '1060', '1084'];

/** GatewayAPI signs with a JWT in a header, which holds the whole of what it tells. */
export class GatewayapiReports extends DeliveryReports {
  readonly provider = 'gatewayapi';
  readonly channel = 'sms';

  constructor(private readonly config: GatewayapiConfig) {
    super();
  }

  /** @throws UntrustedWebhook */
  async accept({ headers }: WebhookRequest): Promise<AcceptedWebhook> {
    const { webhookSecret } = this.config;
    const token = headers['x-gwapi-signature'];
    if (!webhookSecret || typeof token !== 'string') throw new UntrustedWebhook();
    const { payload } = await jwtVerify<Told>(token, new TextEncoder().encode(webhookSecret), {
      algorithms: ['HS256'],
    }).catch(() => {
      throw new UntrustedWebhook();
    });
    // What was signed, not what stood beside it.
    const body = JSON.stringify(payload);
    return { key: fingerprint(body), kind: payload.status ?? 'message', body };
  }

  parse(body: string, receivedAt: Date): News[] {
    const told = (parsedJson(body) as Told | null) ?? {};
    const address = `+${told.msisdn ?? ''}`;
    if (told.message !== undefined && told.status === undefined) {
      return addressWord(told.message, address, atSecond(told.senttime, receivedAt));
    }
    const state = states[told.status ?? ''];
    if (!state) return [];
    const reason = [told.error, told.code].filter(Boolean).join(' ') || (state === 'failed' ? told.status! : null);
    return [
      {
        about: 'message',
        messageId: ourId(told.userref),
        providerRef: String(told.id ?? ''),
        state,
        isHard: state === 'failed' && hardCodes.includes((told.code ?? '').replace(/^0x/, '')),
        address,
        reason,
        at: atSecond(told.time, receivedAt),
      },
    ];
  }
}
