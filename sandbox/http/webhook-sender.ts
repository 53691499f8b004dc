import type { Faults, System } from '../faults/faults.js';
import { BoundedMap } from './bounded-map.js';
import { postWebhook } from './post-webhook.js';
import { token } from './tokens.js';

export interface WebhookAttempt {
  at: Date;
  /** The application's HTTP status, or what went wrong on the way. */
  result: number | string;
}

/** One message on its way to the application. */
export interface WebhookDelivery<Event> {
  id: string;
  event: Event;
  url: string | null;
  state: 'waiting' | 'held' | 'delivered' | 'retrying' | 'failed' | 'nowhere_to_go';
  attempts: WebhookAttempt[];
}

/** What one vendor's messages are like. */
export interface WebhookManner<Event> {
  readonly system: System;
  /** The vendor's word for what happened, by which faults are ordered. */
  readonly kindOf: (event: Event) => string;
  readonly bodyOf: (event: Event) => string;
  /** Signed at that moment. */
  readonly headersOf: (event: Event, body: string, url: URL) => Record<string, string>;
}

export interface WebhookTarget {
  /** Where the application listens; nothing is sent while unset. */
  url: string | null;
  /** The pauses between attempts, in milliseconds. */
  retryDelaysMs: readonly number[];
}

/** Sends signed webhooks, tries again while the application refuses, and remembers how it went. */
export class WebhookSender<Event> {
  private readonly deliveries = new BoundedMap<string, WebhookDelivery<Event>>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly manner: WebhookManner<Event>,
    private readonly target: WebhookTarget,
    private readonly faults: Faults,
  ) {}

  /** Points the webhooks at an application, or with `null` at none. */
  sendTo(url: string | null): void {
    this.target.url = url;
  }

  /** Sends the event, faults on demand applied; resolves after the first attempt (at once when it is held or delayed). */
  async deliver(event: Event): Promise<void> {
    const { url } = this.target;
    const { system } = this.manner;
    const kind = this.manner.kindOf(event);
    const delivery: WebhookDelivery<Event> = { id: token('whd_'), event, url, state: 'waiting', attempts: [] };
    this.deliveries.set(delivery.id, delivery);
    if (url === null) {
      delivery.state = 'nowhere_to_go';
      return;
    }
    if (this.faults.takeWebhook('webhook_hold', system, kind)) {
      delivery.state = 'held';
      return;
    }
    const delay = this.faults.takeWebhook('webhook_delay', system, kind);
    if (delay) return this.later(delay.delayMs ?? 3_000, () => this.attempt(delivery));
    const duplicate = this.faults.takeWebhook('webhook_duplicate', system, kind);
    const copies = duplicate ? (duplicate.copies ?? 2) : 1;
    await Promise.all(Array.from({ length: copies }, () => this.attempt(delivery)));
  }

  /** Sends a remembered delivery once more. */
  async resend(deliveryId: string): Promise<WebhookDelivery<Event> | undefined> {
    const delivery = this.deliveries.get(deliveryId);
    if (!delivery) return undefined;
    delivery.url = this.target.url;
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
  log(): WebhookDelivery<Event>[] {
    return this.deliveries.newestFirst();
  }

  clear(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.deliveries.clear();
  }

  private async attempt(delivery: WebhookDelivery<Event>, number = 0): Promise<void> {
    if (delivery.url === null) return;
    const result = await this.post(delivery.event, delivery.url);
    delivery.attempts.push({ at: new Date(), result });
    if (typeof result === 'number' && result >= 200 && result < 300) {
      delivery.state = 'delivered';
      return;
    }
    const pause = this.target.retryDelaysMs[number];
    delivery.state = pause === undefined ? 'failed' : 'retrying';
    if (pause !== undefined) this.later(pause, () => this.attempt(delivery, number + 1));
  }

  private post(event: Event, url: string): Promise<number | string> {
    const body = this.manner.bodyOf(event);
    const signed = this.manner.headersOf(event, body, new URL(url));
    return postWebhook(url, { body, headers: { 'content-type': 'application/json; charset=utf-8', ...signed } });
  }

  private later(delayMs: number, act: () => Promise<void>): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      void act();
    }, delayMs);
    this.timers.add(timer.unref());
  }
}
