import { Buffer } from 'node:buffer';
import type { Faults } from '../faults/faults.js';
import { answered } from '../http/refusal.js';
import { token } from '../http/tokens.js';
import type { Operation, Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import type { VendorContract } from '../vendor-specs/vendor-contract.js';
import { StripeBilling } from './billing/stripe-billing.js';
import type { CheckoutRecord } from './checkout-record.js';
import { CheckoutSessions, type PaymentAttempt } from './checkout-sessions.js';
import { closeDispute, openDispute } from './disputes.js';
import type { SandboxDispute } from './dispute-record.js';
import { HEARD_EVENTS } from './heard-events.js';
import { idOf } from './id-of.js';
import { IdempotencyKeys } from './idempotency.js';
import { stripeOperations } from './operations.js';
import { authenticateIntent } from './payment-intents.js';
import { failPayout, payOut, type SandboxPayout } from './payouts.js';
import { settleRefund } from './refunds.js';
import { API_VERSION, StripeAccount, type StripeEvent } from './stripe-account.js';
import { StripeRefusal } from './stripe-refusal.js';
import { stripeWebhooks, type StripeWebhooks, type WebhookOptions } from './webhooks.js';

export interface StripeServerOptions {
  secretKey: string;
  webhooks: WebhookOptions;
  /** The address of a page for people, such as the one on which a customer pays. */
  pageUrl: (path: string) => string;
  /** How long test cards with slow refunds take, in milliseconds. */
  refundSettlesAfterMs: number;
}

const SWEEP_EVERY_MS = 1_000;
/** What the school's own app may show to everybody. */
export const PUBLISHABLE_KEY = 'pk_test_sandbox';

/** Stripe as the application sees it: API, customer's checkout, and webhooks. */
export class StripeServer implements Vendor {
  readonly system = 'stripe';
  readonly account: StripeAccount;
  readonly checkouts: CheckoutSessions;
  /** Subscriptions, as time passes and customers act. */
  readonly billing: StripeBilling;
  readonly webhooks: StripeWebhooks;
  readonly operations: readonly Operation[];
  private readonly connected = new Map<string, ConnectedAccount>();
  private readonly idempotency = new IdempotencyKeys();
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly options: StripeServerOptions,
    private readonly faults: Faults,
    private readonly contract?: VendorContract,
  ) {
    this.account = new StripeAccount(options.pageUrl);
    this.checkouts = new CheckoutSessions(this.account, this.checkoutPage);
    this.billing = new StripeBilling(this.account, () => this.sendOutgoing());
    this.webhooks = stripeWebhooks(options.webhooks, faults);
    this.operations = stripeOperations(this.account, this.checkouts);
    this.sweep = setInterval(() => this.expireOverdue(), SWEEP_EVERY_MS).unref();
  }

  refuseStranger(request: VendorRequest): VendorAnswer | undefined {
    const key = apiKeyOf(request.headers.authorization);
    if (key === this.options.secretKey || this.isCustomer(key, request)) return undefined;
    const message = key
      ? `Invalid API Key provided: ${key.slice(0, 8)}****`
      : 'You did not provide an API key in the Authorization header.';
    return new StripeRefusal(401, { type: 'invalid_request_error', message }).toAnswer();
  }

  /** The customer's own app knows the publishable key, and the secret of its intent alone. */
  private isCustomer(key: string | undefined, { path, body }: VendorRequest): boolean {
    const [, id] = /^\/v1\/payment_intents\/(\w+)\/confirm$/.exec(path) ?? [];
    if (key !== PUBLISHABLE_KEY || !id) return false;
    const known = this.accounts().map(({ account }) => account.paymentIntents.get(id)?.client_secret);
    const { client_secret: secret } = body;
    const isHis = typeof secret === 'string' && known.includes(secret);
    // The vendor describes what servers send, and they send none.
    delete body['client_secret'];
    return isHis;
  }

  /** The books of a connected account; it comes into being when it is first asked for. */
  connect(id: string): ConnectedAccount {
    const known = this.connected.get(id);
    if (known) return known;
    const account = new StripeAccount(this.options.pageUrl, id);
    const checkouts = new CheckoutSessions(account, this.checkoutPage);
    const one = { account, checkouts, operations: stripeOperations(account, checkouts) };
    this.connected.set(id, one);
    return one;
  }

  /** A checkout of the platform's or of a connected account's. */
  checkout(id: string): CheckoutRecord | undefined {
    return this.accounts()
      .map(({ account }) => account.checkouts.get(id))
      .find(Boolean);
  }

  /** The customer's bank opens a dispute about the charge. */
  async dispute(chargeOrIntent: string): Promise<SandboxDispute> {
    for (const { account } of this.accounts()) {
      const intent = account.paymentIntents.get(chargeOrIntent);
      const charge = account.charges.get(intent ? idOf(intent.latest_charge) : chargeOrIntent);
      if (!charge) continue;
      const dispute = openDispute(account, charge);
      await this.sendOutgoing();
      return dispute;
    }
    throw new Error(`there is no charge ${chargeOrIntent}`);
  }

  /** The bank decides the dispute. */
  async decide(dispute: SandboxDispute, status: 'won' | 'lost'): Promise<void> {
    for (const { account } of this.accounts()) {
      if (account.disputes.has(dispute.id)) closeDispute(account, dispute, status);
    }
    await this.sendOutgoing();
  }

  /** All that has come in on an account goes to the bank. */
  async payOut(accountId?: string): Promise<SandboxPayout | undefined> {
    const payout = payOut(accountId ? this.connect(accountId).account : this.account);
    await this.sendOutgoing();
    return payout;
  }

  /** The bank refuses a payout of the platform's account. */
  async refusePayout(payout: SandboxPayout): Promise<void> {
    failPayout(this.account, payout);
    await this.sendOutgoing();
  }

  /** The customer answers the bank's 3-D Secure question about a payment in the application's own app. */
  async authenticateIntent(id: string, approved: boolean): Promise<void> {
    for (const { account } of this.accounts()) {
      const intent = account.paymentIntents.get(id);
      if (intent) authenticateIntent(account, intent, approved);
    }
    await this.sendOutgoing();
  }

  async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const on = request.headers['stripe-account'];
    if (typeof on === 'string' && !/^acct_\w+$/.test(on)) return unknownAccount(on).toAnswer();
    const own =
      typeof on === 'string' ? this.connect(on).operations.find(({ name }) => name === operation.name)! : operation;
    const answer = await answered(() => this.idempotency.once(request, () => this.actOnce(own, request)));
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
    const checkouts = this.checkoutsOf(record);
    return this.customerActs(() =>
      instrument === 'mobilepay' ? checkouts.payByMobilePay(record) : checkouts.payByCard(record, instrument),
    );
  }

  /** The customer answers the bank's 3-D Secure question. */
  async authenticate(record: CheckoutRecord, approved: boolean): Promise<PaymentAttempt> {
    return this.customerActs(() => this.checkoutsOf(record).authenticate(record, approved));
  }

  clear(): void {
    this.account.clear();
    this.connected.clear();
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
    const answer = await answered(() => operation.handle(request));
    const early = this.faults.takeWebhook('webhook_before_answer', 'stripe', operation.name);
    if (early) {
      if (operation.name === 'checkout.sessions.create') this.payAtOnce(answer);
      await this.sendOutgoing();
      return answer;
    }
    const send = this.takeOutgoing();
    return { ...answer, afterwards: () => void Promise.all(send.map((event) => this.deliver(event))) };
  }

  /** A customer so fast that the payment is known before the application knows its own session. */
  private payAtOnce(answer: VendorAnswer): void {
    const { id } = answer.body as { id: string };
    const record = this.checkout(id);
    if (record) this.checkoutsOf(record).payByCard(record, '4242 4242 4242 4242');
  }

  private readonly checkoutPage = (id: string): string => this.options.pageUrl(`/checkout/${id}`);

  private async sendOutgoing(): Promise<void> {
    await Promise.all(this.takeOutgoing().map((event) => this.deliver(event)));
  }

  private takeOutgoing(): StripeEvent[] {
    return this.accounts().flatMap(({ account }) => account.takeOutgoing());
  }

  private accounts(): ConnectedAccount[] {
    return [this, ...this.connected.values()];
  }

  private checkoutsOf({ session }: CheckoutRecord): CheckoutSessions {
    return this.accounts().find(({ account }) => account.checkouts.has(session.id))!.checkouts;
  }

  private async deliver(event: Parameters<StripeWebhooks['deliver']>[0]): Promise<void> {
    // Disputes and payouts are not in the part of the vendor's description that there is.
    if (!['dispute', 'payout'].includes(event.data.object.object)) this.contract?.checkEvent(event);
    if (event.type === 'refund.created') this.settleLater(event.data.object.id);
    if (HEARD_EVENTS.has(event.type)) await this.webhooks.deliver(event);
  }

  private settleLater(refundId: string): void {
    setTimeout(() => {
      for (const { account } of this.accounts()) {
        const refund = account.refunds.get(refundId);
        if (refund && settleRefund(account, refund)) void this.sendOutgoing();
      }
    }, this.options.refundSettlesAfterMs).unref();
  }

  private expireOverdue(): void {
    if (this.accounts().filter(({ checkouts }) => checkouts.expireOverdue()).length > 0) void this.sendOutgoing();
  }
}

interface ConnectedAccount {
  readonly account: StripeAccount;
  readonly checkouts: CheckoutSessions;
  readonly operations: readonly Operation[];
}

function unknownAccount(id: string): StripeRefusal {
  const message = `The provided key does not have access to account '${id}' (or that account does not exist).`;
  return new StripeRefusal(403, { type: 'invalid_request_error', code: 'account_invalid', message });
}

function apiKeyOf(authorization: string | undefined): string | undefined {
  const [scheme, value = ''] = (authorization ?? '').split(' ', 2);
  if (scheme === 'Bearer') return value;
  if (scheme === 'Basic') return Buffer.from(value, 'base64').toString().split(':', 1)[0];
  return undefined;
}
