import { addressWord, DeliveryReports, type News, ourId, type ToldState } from '../../modules/notifications/index.js';
import { parsedJson } from '../../platform/ports/json-provider.js';
import { fingerprint, isSameSecret } from '../../platform/webhooks/proofs.js';
import {
  type AcceptedWebhook,
  UntrustedWebhook,
  type WebhookRequest,
} from '../../platform/webhooks/webhook-adapter.js';
import type { HttpSmsConfig } from './http-sms.config.js';
import { readAt } from './paths.js';

// By the beginnings of the words that aggregators use.
const meanings: readonly (readonly [RegExp, ToldState, isHard: boolean])[] = [
  [/^(deliver(ed|y)|delivrd|success)/, 'delivered', false],
  [/^(sent|accepted|queued|buffered|enroute|pending)/, 'sent', false],
  [/^(unknown_subscriber|invalid_number|blacklisted)/, 'failed', true],
  [/^(undeliver|undeliv|failed|expired|rejected|rejectd|error)/, 'failed', false],
];

/** What an aggregator posts as JSON, proven by a secret that only it knows. */
export class HttpSmsReports extends DeliveryReports {
  readonly provider = 'http-sms';
  readonly channel = 'sms';

  constructor(private readonly config: HttpSmsConfig) {
    super();
  }

  /** @throws UntrustedWebhook */
  accept({ body, headers }: WebhookRequest): AcceptedWebhook {
    const { callbackSecret } = this.config;
    const login = Buffer.from(
      /^Basic (\S+)$/i.exec(headers['authorization'] as string)?.[1] ?? '',
      'base64',
    ).toString();
    const given = String(headers['x-callback-secret'] ?? login.slice(login.indexOf(':') + 1));
    if (!callbackSecret || !isSameSecret(given, callbackSecret)) throw new UntrustedWebhook();
    return { key: fingerprint(body), kind: 'report' };
  }

  parse(body: string, receivedAt: Date): News[] {
    const report = parsedJson(body);
    const read = (name: Parameters<HttpSmsConfig['field']>[0]) => readAt(report, this.config.field(name));
    const [status, number] = [read('status'), read('number') ?? ''];
    if (status === null) return addressWord(read('message') ?? '', number, receivedAt);
    const meaning = meanings.find(([pattern]) => pattern.test(status.toLowerCase()));
    if (!meaning) return [];
    const [, state, isHard] = meaning;
    const reason = read('reason') ?? (state === 'failed' ? status : null);
    const [messageId, providerRef] = [ourId(read('reference')), read('id') ?? ''];
    return [{ about: 'message', messageId, providerRef, state, isHard, address: number, reason, at: receivedAt }];
  }
}
