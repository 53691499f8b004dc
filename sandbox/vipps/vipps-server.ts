import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults/faults.js';
import { BoundedMap } from '../http/bounded-map.js';
import { answered } from '../http/refusal.js';
import { served, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { type WebhookManner, WebhookSender, type WebhookTarget } from '../http/webhook-sender.js';
import { type VippsEvent, VippsPayments, type VippsRecord } from './vipps-payments.js';
import { VippsProblem } from './vipps-problem.js';
import { signedHeaders } from './vipps-signature.js';

export interface VippsServerOptions {
  clientId: string;
  clientSecret: string;
  webhookSecret: string;
  webhooks: WebhookTarget;
  /** Where the customer finds the payment of that reference. */
  landingPageUrl: (reference: string) => string;
}

type Body = Parameters<VippsPayments['create']>[0] & { modificationAmount: { currency: string; value: number } };

/** Vipps MobilePay's ePayment API and its webhooks, as the application sees them. */
export class VippsServer implements Vendor {
  readonly system = 'vipps';
  readonly payments: VippsPayments;
  readonly operations: readonly Operation[];
  private readonly answersByKey = new BoundedMap<string, { request: string; answer: VendorAnswer }>();
  private readonly token = randomUUID();
  readonly webhooks: WebhookSender<VippsEvent>;

  constructor(
    private readonly options: VippsServerOptions,
    private readonly faults: Faults,
  ) {
    this.payments = new VippsPayments(options.landingPageUrl);
    this.webhooks = new WebhookSender(mannerOf(options), options.webhooks, faults);
    const { payments, token } = this;
    const all = '/epayment/v1/payments';
    const one = `${all}/:reference`;
    const change = (name: 'capture' | 'refund') =>
      served(`payments.${name}`, 'POST', `${one}/${name}`, (request) =>
        payments[name](this.named(request), bodyOf(request).modificationAmount, keyOf(request)),
      );
    this.operations = [
      {
        ...served('accesstoken.get', 'POST', '/accesstoken/get', () => ({
          access_token: token,
          expires_in: '3600',
        })),
        undescribed: true,
      },
      served('payments.create', 'POST', all, (request) => payments.create(bodyOf(request), keyOf(request)), 201),
      served('payments.retrieve', 'GET', one, (request) => payments.view(this.named(request))),
      served('payments.events', 'GET', `${one}/events`, (request) => this.named(request).events),
      served('payments.cancel', 'POST', `${one}/cancel`, (request) =>
        payments.cancel(this.named(request), keyOf(request)),
      ),
      change('capture'),
      change('refund'),
    ];
  }

  refuseStranger({ path, headers }: VendorRequest): VendorAnswer | undefined {
    const { clientId, clientSecret } = this.options;
    const known =
      path === '/accesstoken/get'
        ? headers['client_id'] === clientId && headers['client_secret'] === clientSecret
        : headers.authorization === `Bearer ${this.token}`;
    const named = headers['ocp-apim-subscription-key'] && headers['merchant-serial-number'];
    return known && named ? undefined : new VippsProblem(401, 'Unauthorized').toAnswer();
  }

  /** The same key gives the same answer; with another request it is refused. */
  async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const key = keyOf(request);
    const wanted = JSON.stringify([request.path, request.body]);
    const before = key ? this.answersByKey.get(key) : undefined;
    if (before && before.request !== wanted) return new VippsProblem(409, 'Idempotency key reused').toAnswer();
    if (before) return before.answer;
    return answered(async () => {
      const answer = await operation.handle(request);
      if (key) this.answersByKey.set(key, { request: wanted, answer });
      if (!this.faults.takeWebhook('webhook_before_answer', 'vipps', operation.name)) {
        return { ...answer, afterwards: () => void this.tell() };
      }
      // A customer so fast that he has approved before the application knows its own payment.
      if (operation.name === 'payments.create') this.payments.approve(this.payments.get(bodyOf(request).reference));
      await this.tell();
      return answer;
    });
  }

  failure(status: number, message: string): VendorAnswer {
    return new VippsProblem(status, message).toAnswer();
  }

  /** The customer approves in the app; the webhooks have been tried when this resolves. */
  async approve(reference: string): Promise<void> {
    this.payments.approve(this.payments.get(reference));
    await this.tell();
  }

  /** The customer says no in the app, or lets the time run out. */
  async end(reference: string, how: 'ABORTED' | 'EXPIRED'): Promise<void> {
    this.payments.end(this.payments.get(reference), how);
    await this.tell();
  }

  /** Keys are not kept for ever. */
  forgetKeys(): void {
    this.answersByKey.clear();
  }

  clear(): void {
    this.webhooks.clear();
    this.payments.clear();
    this.forgetKeys();
  }

  private named({ params }: VendorRequest): VippsRecord {
    return this.payments.get(params['reference'] ?? '');
  }

  private async tell(): Promise<void> {
    await Promise.all(this.payments.takeUntold().map((event) => this.webhooks.deliver(event)));
  }
}

const mannerOf = ({ webhookSecret }: VippsServerOptions): WebhookManner<VippsEvent> => ({
  system: 'vipps',
  kindOf: ({ name }) => name,
  bodyOf: (event) => JSON.stringify({ msn: '123456', ...event }),
  headersOf: (_event, body, url) => {
    const { host: _said, ...signed } = signedHeaders(body, url, webhookSecret);
    return signed;
  },
});

const keyOf = ({ headers }: VendorRequest): string => String(headers['idempotency-key'] ?? '');
const bodyOf = ({ body }: VendorRequest): Body => body as unknown as Body;
