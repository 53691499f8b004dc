import { Webhook } from 'standardwebhooks';
import { BoundedMap } from '../http/bounded-map.js';

/** How a receiver may misbehave: a status, a redirect, silence, hanging up, an answer that never ends, or taking its time. */
export type ReceiverFault =
  | { readonly status: number; readonly retryAfter?: number }
  | { readonly redirectTo: string }
  | { readonly delayMs: number }
  | 'never_answers'
  | 'hangs_up'
  /** It takes the message, and then hangs up. */
  | 'hangs_up_after_acting'
  | 'endless';

/** A message as it came. */
export interface ReceivedWebhook {
  readonly name: string;
  readonly id: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly at: Date;
  /** Whether it was taken: true for a repeat of one that was, too. */
  readonly isTaken: boolean;
}

/**
 * Somebody who subscribes to webhooks. Under each name there is an address of its own, `/receiver/{name}`, which takes what the
 * Standard Webhooks library verifies, once for an id; what it has no secret for it takes unseen.
 */
export class WebhookReceiver {
  /** All attempts, oldest first. */
  private readonly log: ReceivedWebhook[] = [];
  private readonly secrets = new Map<string, string>();
  private readonly faults = new Map<string, ReceiverFault>();
  private readonly taken = new BoundedMap<string, ReceivedWebhook>(50_000);

  /** From now on messages to that address must be signed with it. */
  trust(name: string, secret: string): void {
    this.secrets.set(name, secret);
  }

  /** Until it is mended with null. */
  break(name: string, fault: ReceiverFault | null): void {
    if (fault) this.faults.set(name, fault);
    else this.faults.delete(name);
  }

  faultOf(name: string): ReceiverFault | undefined {
    return this.faults.get(name);
  }

  /** @returns the status to answer with */
  receive(name: string, headers: Record<string, string>, body: string): number {
    const id = headers['webhook-id'] ?? '';
    const fault = this.faults.get(name);
    const acts =
      fault === undefined || fault === 'hangs_up_after_acting' || (typeof fault === 'object' && 'delayMs' in fault);
    const isTaken = acts && this.isGenuine(name, headers, body);
    const received = { name, id, headers, body, at: new Date(), isTaken };
    this.log.push(received);
    if (this.log.length > 50_000) this.log.shift();
    if (isTaken && !this.taken.has(`${name}/${id}`)) this.taken.set(`${name}/${id}`, received);
    return isTaken ? 204 : 401;
  }

  /** Every attempt to that address. */
  attempts(name: string): ReceivedWebhook[] {
    return this.log.filter((each) => each.name === name);
  }

  /** What was taken at that address, each once. */
  messages(name?: string): ReceivedWebhook[] {
    return [...this.taken.values()].filter((each) => name === undefined || each.name === name);
  }

  clear(): void {
    this.log.length = 0;
    this.secrets.clear();
    this.faults.clear();
    this.taken.clear();
  }

  private isGenuine(name: string, headers: Record<string, string>, body: string): boolean {
    const secret = this.secrets.get(name);
    if (secret === undefined) return true;
    try {
      new Webhook(secret).verify(body, headers);
      return true;
    } catch {
      return false;
    }
  }
}
