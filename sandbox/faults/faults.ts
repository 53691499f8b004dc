/** What can go wrong on demand when the application calls an outside system. */
export const CALL_FAULTS = [
  'timeout_after_acting',
  'timeout_before',
  'error_500',
  'rate_limited',
  'slow',
  'garbage',
] as const;
/** What can go wrong with a webhook on its way to the application. */
export const WEBHOOK_FAULTS = ['webhook_duplicate', 'webhook_delay', 'webhook_hold', 'webhook_before_answer'] as const;
export const SYSTEMS = [
  'stripe',
  'vipps',
  'paypal',
  'twilio',
  'gatewayapi',
  'aggregator',
  'smtp',
  'sparkpost',
  'sendgrid',
  'mailgun',
  'mailtrap',
  'xero',
  'e-conomic',
  'quickbooks',
  'findkoreskole',
  'e-teori',
] as const;

export type HttpFaultKind = (typeof CALL_FAULTS)[number];
export type WebhookFaultKind = (typeof WEBHOOK_FAULTS)[number];
export type System = (typeof SYSTEMS)[number];

export interface Fault {
  system: System;
  /** An operation (`refunds.create`), or for webhooks an event type (`charge.refunded`); all of them when left out. */
  operation?: string;
  kind: HttpFaultKind | WebhookFaultKind;
  /** How many calls or events it strikes. */
  times: number;
  /** How long to wait, in milliseconds, where the kind waits. */
  delayMs?: number;
  /** How many copies `webhook_duplicate` sends, all at once. */
  copies?: number;
}

/** A fault as one asks for it. */
export type FaultOrder = Omit<Fault, 'times'> & { times?: number };

/** The faults that still wait for their call. */
export class Faults {
  private pending: Fault[] = [];

  add(order: FaultOrder): Fault {
    const fault = { ...order, times: order.times ?? 1 };
    this.pending.push(fault);
    return fault;
  }

  list(): readonly Fault[] {
    return this.pending;
  }

  clear(): void {
    this.pending = [];
  }

  /** The fault that strikes this call, used up by one; nothing when the call may pass. */
  take(system: System, operation: string): Fault | undefined {
    return this.takeKind(CALL_FAULTS, system, operation);
  }

  /** The fault of that kind that strikes this event (or, for `webhook_before_answer`, this operation). */
  takeWebhook(kind: WebhookFaultKind, system: System, operation: string): Fault | undefined {
    return this.takeKind([kind], system, operation);
  }

  private takeKind(kinds: readonly string[], system: System, operation: string): Fault | undefined {
    const fault = this.pending.find(
      (one) =>
        kinds.includes(one.kind) &&
        one.system === system &&
        (one.operation === undefined || one.operation === operation),
    );
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times <= 0) this.pending = this.pending.filter((one) => one !== fault);
    return fault;
  }
}
