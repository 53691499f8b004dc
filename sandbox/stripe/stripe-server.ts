import { Buffer } from 'node:buffer';
import type { Faults } from '../faults/faults.js';
import { token } from '../http/tokens.js';
import type { Operation, Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import type { VendorContract } from '../vendor-specs/vendor-contract.js';
import type { CheckoutRecord } from './checkout-record.js';
import { CheckoutSessions, type PaymentAttempt } from './checkout-sessions.js';
import { IdempotencyKeys } from './idempotency.js';
import { stripeOperations } from './operations.js';
import { settleRefund } from './refunds.js';
import { API_VERSION, StripeAccount } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';
import { StripeWebhooks, type WebhookOptions } from './webhooks.js';

export interface StripeServerOptions {
  secretKey: string;
  webhooks: WebhookOptions;
  /** Where the customer pays the session of that id. */
  checkoutPageUrl: (sessionId: string) => string;
  /** How long test cards with slow refunds take, in milliseconds. */
  refundSettlesAfterMs: number;
}

const SWEEP_EVERY_MS = 1_000;

/** Stripe as the application sees it: API, customer's checkout, and webhooks. */
export class StripeServer implements Vendor {
  readonly system = 'stripe';
  readonly account = new StripeAccount();
  readonly checkouts: CheckoutSessions;
  readonly webhooks: StripeWebhooks;
  readonly operations: readonly Operation[];
  private readonly idempotency = new IdempotencyKeys();
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly options: StripeServerOptions,
    private readonly faults: Faults,
    private readonly contract?: VendorContract,
  ) {
    this.checkouts = new CheckoutSessions(this.account, options.checkoutPageUrl);
    this.webhooks = new StripeWebhooks(options.webhooks, faults);
    this.operations = stripeOperations(this.account, this.checkouts);
    this.sweep = setInterval(() => this.expireOverdue(), SWEEP_EVERY_MS).unref();
  }

  refuseStranger(request: VendorRequest): VendorAnswer | undefined {
    const key = apiKeyOf(request.headers.authorization);
    if (key === this.options.secretKey) return undefined;
    const message = key
      ? `Invalid API Key provided: ${key.slice(0, 8)}****`
      : 'You did not provide an API key in the Authorization header.';
    return new StripeRefusal(401, { type: 'invalid_request_error', message }).toAnswer();
  }

  async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const answer = await this.refusing(() => this.idempotency.once(request, () => this.actOnce(operation, request)));
    const version = request.headers['stripe-version'] ?? API_VERSION;
    return {
      ...answer,
      headers: { 'request-id': token('req_', 14), 'stripe-version': String(version), ...answer.headers },
    };
  }

  failure(status: number, message: string): VendorAnswer {
    if (status !== 429) return new StripeRefusal(status, { type: 'api_error', message }).toAnswer();
    return new StripeRefusal(429, { type: 'invalid_request_error', code: 'rate_limit', message }).toAnswer();
  }

  /** The customer pays by card number, or by `mobilepay`; the webhooks have been tried when this resolves. */
  async pay(record: CheckoutRecord, instrument: string): Promise<PaymentAttempt> {
    return this.customerActs(() =>
      instrument === 'mobilepay' ? this.checkouts.payByMobilePay(record) : this.checkouts.payByCard(record, instrument),
    );
  }

  /** The customer answers the bank's 3-D Secure question. */
  async authenticate(record: CheckoutRecord, approved: boolean): Promise<PaymentAttempt> {
    return this.customerActs(() => this.checkouts.authenticate(record, approved));
  }

  clear(): void {
    this.account.clear();
    this.webhooks.clear();
    this.idempotency.clear();
  }

  close(): void {
    clearInterval(this.sweep);
    this.webhooks.clear();
  }

  /** Like Stripe's page, which lets the application hear of the payment before it sends the customer back. */
  private async customerActs(act: () => PaymentAttempt): Promise<PaymentAttempt> {
    const attempt = act();
    await this.sendOutgoing();
    return attempt;
  }

  private async actOnce(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const answer = await this.refusing(() => operation.handle(request));
    const early = this.faults.takeWebhook('webhook_before_answer', 'stripe', operation.name);
    if (early) {
      if (operation.name === 'checkout.sessions.create') this.payAtOnce(answer);
      await this.sendOutgoing();
      return answer;
    }
    const send = this.account.takeOutgoing();
    return { ...answer, afterwards: () => void Promise.all(send.map((event) => this.deliver(event))) };
  }

  /** A customer so fast that the payment is known before the application knows its own session. */
  private payAtOnce(answer: VendorAnswer): void {
    const { id } = answer.body as { id: string };
    const record = this.account.checkouts.get(id);
    if (record) this.checkouts.payByCard(record, '4242 4242 4242 4242');
  }

  private async refusing(act: () => VendorAnswer | Promise<VendorAnswer>): Promise<VendorAnswer> {
    try {
      return await act();
    } catch (error) {
      if (error instanceof StripeRefusal) return error.toAnswer();
      throw error;
    }
  }

  private async sendOutgoing(): Promise<void> {
    await Promise.all(this.account.takeOutgoing().map((event) => this.deliver(event)));
  }

  private async deliver(event: Parameters<StripeWebhooks['deliver']>[0]): Promise<void> {
    this.contract?.checkEvent(event);
    if (event.type === 'refund.created') this.settleLater(event.data.object.id);
    if (HEARD_EVENTS.has(event.type)) await this.webhooks.deliver(event);
  }

  private settleLater(refundId: string): void {
    setTimeout(() => {
      const refund = this.account.refunds.get(refundId);
      if (refund && settleRefund(this.account, refund)) void this.sendOutgoing();
    }, this.options.refundSettlesAfterMs).unref();
  }

  private expireOverdue(): void {
    if (this.checkouts.expireOverdue()) void this.sendOutgoing();
  }
}

/** The events an endpoint of ours would be subscribed to; the others are in the event list only. */
const HEARD_EVENTS = new Set([
  'checkout.session.completed',
  'checkout.session.expired',
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'charge.refunded',
  'refund.updated',
  'refund.failed',
]);

function apiKeyOf(authorization: string | undefined): string | undefined {
  const [scheme, value = ''] = (authorization ?? '').split(' ', 2);
  if (scheme === 'Bearer') return value;
  if (scheme === 'Basic') return Buffer.from(value, 'base64').toString().split(':', 1)[0];
  return undefined;
}
