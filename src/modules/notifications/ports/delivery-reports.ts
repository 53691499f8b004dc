import { type Id, isId } from '../../../platform/values/id.js';
import type { AcceptedWebhook, WebhookRequest } from '../../../platform/webhooks/webhook-adapter.js';
import type { Channel } from '../domain/message-kinds.js';
import type { ToldState } from '../domain/told-state.js';
import type { Billed } from './delivery.js';

/** What a provider tells about one message after it took it. */
export interface DeliveryNews extends Billed {
  readonly about: 'message';
  /** Ours, where the provider hands back what we gave it; it is known before the provider's own reference is. */
  readonly messageId: Id | null;
  readonly providerRef: string;
  readonly state: ToldState;
  /** The address will not take a later message either. */
  readonly isHard: boolean;
  /** Where it went, for remembering that nothing can go there. */
  readonly address: string;
  readonly reason: string | null;
  readonly at: Date;
}

/** What somebody says about being written to at an address: STOP or START, or an unsubscription. */
export interface AddressNews {
  readonly about: 'address';
  readonly word: 'stop' | 'start';
  readonly address: string;
  readonly at: Date;
}

export type News = DeliveryNews | AddressNews;

/** What one provider tells by webhook, verified and in our words. */
export abstract class DeliveryReports {
  /** As in POST /webhooks/{provider}, and as kept on the messages. */
  abstract readonly provider: string;
  abstract readonly channel: Channel;

  /** @throws UntrustedWebhook */
  abstract accept(request: WebhookRequest): AcceptedWebhook | Promise<AcceptedWebhook>;

  /** @param receivedAt when we heard it, for a provider that does not say when it happened */
  abstract parse(body: string, receivedAt: Date): readonly News[] | Promise<readonly News[]>;
}

/** The message's id as a provider hands it back: null when it is another's, or none. */
export function ourId(value: unknown): Id | null {
  return isId(value) ? value : null;
}

/** When it happened, by a provider's seconds since the epoch; without them, when we heard it. */
export function atSecond(seconds: number | string | undefined, receivedAt: Date): Date {
  return seconds ? new Date(Number(seconds) * 1_000) : receivedAt;
}
