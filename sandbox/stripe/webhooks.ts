import { createHmac } from 'node:crypto';
import { BoundedMap } from '../http/bounded-map.js';
import { token } from '../http/tokens.js';
import type { Faults } from '../faults/faults.js';
import type { StripeEvent } from './stripe-account.js';

export interface WebhookAttempt {
  at: Date;
  /** The application's HTTP status, or what went wrong on the way. */
  result: number | string;
}

/** One event on its way to the application. */
export interface WebhookDelivery {
  id: string;
  event: StripeEvent;
  url: string | null;
  state: 'waiting' | 'held' | 'delivered' | 'retrying' | 'failed' | 'nowhere_to_go';
  attempts: WebhookAttempt[];
}

export interface WebhookOptions {
  /** Where the application listens; nothing is sent while unset. */
  url: string | null;
  secret: string;
  /** Signs what happens on connected accounts. */
  connectSecret: string;
  /** The pauses between attempts, in milliseconds. */
  retryDelaysMs: readonly number[];
}

const ANSWER_WITHIN_MS = 10_000;

/** Sends signed webhooks, tries again while the application refuses, and remembers how it went. */
export class StripeWebhooks {
  private readonly deliveries = new BoundedMap<string, WebhookDelivery>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly options: WebhookOptions,
    private readonly faults: Faults,
  ) {}

  /** Points the webhooks at an application, or with `null` at none. */
  sendTo(url: string | null): void {
    this.options.url = url;
  }

  /** Sends the event, faults on demand applied; resolves after the first attempt (at once when it is held or delayed). */
  async deliver(event: StripeEvent): Promise<void> {
    const { url } = this.options;
    const delivery: WebhookDelivery = { id: token('whd_'), event, url, state: 'waiting', attempts: [] };
    this.deliveries.set(delivery.id, delivery);
    if (url === null) {
      delivery.state = 'nowhere_to_go';
      return;
    }
    if (this.faults.takeWebhook('webhook_hold', 'stripe', event.type)) {
      delivery.state = 'held';
      return;
    }
    const delay = this.faults.takeWebhook('webhook_delay', 'stripe', event.type);
    if (delay) return this.later(delay.delayMs ?? 3_000, () => this.attempt(delivery));
    const duplicate = this.faults.takeWebhook('webhook_duplicate', 'stripe', event.type);
    const copies = duplicate ? (duplicate.copies ?? 2) : 1;
    await Promise.all(Array.from({ length: copies }, () => this.attempt(delivery)));
  }

  /** Sends a remembered delivery once more. */
  async resend(deliveryId: string): Promise<WebhookDelivery | undefined> {
    const delivery = this.deliveries.get(deliveryId);
    if (!delivery) return undefined;
    delivery.url = this.options.url;
    await this.attempt(delivery);
    return delivery;
  }

  /** Sends everything that is held; how many those were. */
  async release(): Promise<number> {
    const held = [...this.deliveries.values()].filter(({ state }) => state === 'held');
    await Promise.all(held.map((delivery) => this.attempt(delivery)));
    return held.length;
  }

  /** Every delivery, the newest first. */
  log(): WebhookDelivery[] {
    return this.deliveries.newestFirst();
  }

  clear(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.deliveries.clear();
  }

  private async attempt(delivery: WebhookDelivery, number = 0): Promise<void> {
    if (delivery.url === null) return;
    const { secret, connectSecret } = this.options;
    const signedWith = delivery.event.account ? connectSecret : secret;
    const result = await this.post(delivery.url, JSON.stringify(delivery.event), signedWith);
    delivery.attempts.push({ at: new Date(), result });
    if (typeof result === 'number' && result >= 200 && result < 300) {
      delivery.state = 'delivered';
      return;
    }
    const pause = this.options.retryDelaysMs[number];
    delivery.state = pause === undefined ? 'failed' : 'retrying';
    if (pause !== undefined) this.later(pause, () => this.attempt(delivery, number + 1));
  }

  private async post(url: string, payload: string, secret: string): Promise<number | string> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': signatureOf(payload, secret),
        },
        body: payload,
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      await response.arrayBuffer();
      return response.status;
    } catch (error) {
      return whyOf(error);
    }
  }

  private later(delayMs: number, act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void act();
    }, delayMs);
    this.timers.add(timer.unref());
  }
}

/** `fetch` hides the reason, such as ECONNREFUSED, in the cause. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause as { code?: string } | undefined;
  return cause?.code ?? error.message;
}

/** The `Stripe-Signature` header of a payload sent now. */
export function signatureOf(payload: string, secret: string): string {
  const time = Math.floor(Date.now() / 1000);
  const signature = createHmac('sha256', secret).update(`${time}.${payload}`).digest('hex');
  return `t=${time},v1=${signature}`;
}
