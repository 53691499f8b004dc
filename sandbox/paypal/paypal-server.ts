import { randomUUID } from 'node:crypto';
import type { Faults } from '../faults/faults.js';
import { basicLogin } from '../http/basic-login.js';
import { BoundedMap } from '../http/bounded-map.js';
import { answered } from '../http/refusal.js';
import { served, type Described, type Operation, type Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { type WebhookManner, WebhookSender, type WebhookTarget } from '../http/webhook-sender.js';
import { type DisputeOutcome, type PaypalDispute, PaypalDisputes } from './paypal-disputes.js';
import { type Amount, type NewOrder, type PaypalOrder, PaypalOrders, type Told } from './paypal-orders.js';
import { PaypalProblem } from './paypal-problem.js';
import { signatureOf, signedHeaders, SIGNING_SECRET } from './paypal-signature.js';

export interface PaypalServerOptions {
  clientId: string;
  clientSecret: string;
  webhookId: string;
  webhooks: WebhookTarget;
  /** Where the customer approves that order. */
  approvalUrl: (orderId: string) => string;
}

interface PaypalEvent extends Told {
  id: string;
  event_version: string;
  create_time: string;
}

interface Verification {
  transmission_id: string;
  transmission_time: string;
  transmission_sig: string;
  webhook_id: string;
  webhook_event: object;
}

/** PayPal's orders, payments and webhooks, as the application sees them. */
export class PaypalServer {
  readonly orders: PaypalOrders;
  /** One for each of PayPal's own descriptions. */
  readonly apis: readonly (Vendor & { described: Described })[];
  private readonly answersByKey = new BoundedMap<string, VendorAnswer>();
  private readonly token = randomUUID();
  readonly webhooks: WebhookSender<PaypalEvent>;
  private readonly disputes: PaypalDisputes;

  constructor(
    private readonly options: PaypalServerOptions,
    private readonly faults: Faults,
  ) {
    this.orders = new PaypalOrders(options.approvalUrl);
    this.disputes = new PaypalDisputes(this.orders);
    this.webhooks = new WebhookSender(mannerOf(options), options.webhooks, faults);
    this.apis = [
      this.api('paypalOrders', this.checkout()),
      this.api('paypalPayments', this.payments()),
      this.api('paypalWebhooks', this.others()),
    ];
  }

  /** The customer approves; the webhooks have been tried when this resolves. */
  async approve(orderId: string, { declines = false } = {}): Promise<void> {
    this.orders.approve(this.orders.get(orderId), declines);
    await this.tell();
  }

  /** The customer tells PayPal that he wants his money back; all that the capture has left, unless less is said. */
  async dispute(captureId: string, amount?: Amount): Promise<PaypalDispute> {
    const dispute = this.disputes.open(captureId, amount);
    await this.tell();
    return dispute;
  }

  /** PayPal asks for more: the dispute goes on. */
  async escalate(dispute: PaypalDispute): Promise<void> {
    this.disputes.escalate(dispute);
    await this.tell();
  }

  async decide(dispute: PaypalDispute, outcome: DisputeOutcome): Promise<void> {
    this.disputes.decide(dispute, outcome);
    await this.tell();
  }

  clear(): void {
    this.webhooks.clear();
    this.orders.clear();
    this.answersByKey.clear();
  }

  private api(described: Described, operations: readonly Operation[]): Vendor & { described: Described } {
    return {
      system: 'paypal',
      described,
      operations,
      refuseStranger: (request) => this.refuseStranger(request),
      act: (operation, request) => this.act(operation, request),
      failure: (status, message) => new PaypalProblem(status, message).toAnswer(),
    };
  }

  private checkout(): Operation[] {
    const { orders } = this;
    const all = '/v2/checkout/orders';
    const one = `${all}/:id`;
    return [
      served('orders.create', 'POST', all, ({ body }) => orders.create(body as unknown as NewOrder), 201),
      served('orders.get', 'GET', one, (request) => orders.view(this.named(request))),
      served('orders.capture', 'POST', `${one}/capture`, (request) => orders.capture(this.named(request)), 201),
      {
        name: 'orders.patch',
        method: 'PATCH',
        path: one,
        handle: (request) => {
          const [change] = request.body as unknown as { path: string; value: PaypalOrder['intent'] }[];
          if (change?.path !== '/intent') throw new PaypalProblem(422, 'NOT_PATCHABLE');
          orders.replaceIntent(this.named(request), change.value);
          return { status: 204, body: undefined };
        },
      },
    ];
  }

  private payments(): Operation[] {
    const { orders } = this;
    const capture = '/v2/payments/captures/:id';
    return [
      served('captures.get', 'GET', capture, ({ params }) => orders.viewCapture(params['id']!)),
      served(
        'captures.refund',
        'POST',
        `${capture}/refund`,
        ({ params, body }) => orders.refund(params['id']!, body as unknown as { amount: Amount; custom_id?: string }),
        201,
      ),
      served('refunds.get', 'GET', '/v2/payments/refunds/:id', ({ params }) => orders.getRefund(params['id']!)),
    ];
  }

  private others(): Operation[] {
    const token = { access_token: this.token, token_type: 'Bearer', expires_in: 32_400 };
    return [
      { ...served('oauth2.token', 'POST', '/v1/oauth2/token', () => token), undescribed: true },
      served('webhooks.verify', 'POST', '/v1/notifications/verify-webhook-signature', ({ body }) => ({
        verification_status: this.verifies(body as unknown as Verification) ? 'SUCCESS' : 'FAILURE',
      })),
    ];
  }

  private verifies(given: Verification): boolean {
    const { transmission_id: transmissionId, transmission_time: transmissionTime, webhook_id: webhookId } = given;
    const signed = { transmissionId, transmissionTime, webhookId, body: JSON.stringify(given.webhook_event) };
    return webhookId === this.options.webhookId && given.transmission_sig === signatureOf(signed, SIGNING_SECRET);
  }

  private refuseStranger({ path, headers }: VendorRequest): VendorAnswer | undefined {
    const { clientId, clientSecret } = this.options;
    const login = basicLogin(clientId, clientSecret);
    const wanted = path === '/v1/oauth2/token' ? login : `Bearer ${this.token}`;
    return headers.authorization === wanted ? undefined : new PaypalProblem(401, 'INVALID_CREDENTIALS').toAnswer();
  }

  /** The same key gives the same answer, whatever is asked for. */
  private async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const given = request.headers['paypal-request-id'];
    const key = given && `${request.path} ${String(given)}`;
    const before = key ? this.answersByKey.get(key) : undefined;
    if (before) return before;
    return answered(async () => {
      const answer = await operation.handle(request);
      if (key) this.answersByKey.set(key, answer);
      if (!this.faults.takeWebhook('webhook_before_answer', 'paypal', operation.name)) {
        return { ...answer, afterwards: () => void this.tell() };
      }
      // A customer so fast that he has approved before the application knows its own order.
      if (operation.name === 'orders.create') this.orders.approve(this.orders.get((answer.body as { id: string }).id));
      await this.tell();
      return answer;
    });
  }

  private named({ params }: VendorRequest): PaypalOrder {
    return this.orders.get(params['id'] ?? '');
  }

  private async tell(): Promise<void> {
    const events = this.orders.takeUntold().map((told) => ({
      id: `WH-${randomUUID()}`,
      event_version: '1.0',
      create_time: new Date().toISOString(),
      ...told,
    }));
    await Promise.all(events.map((event) => this.webhooks.deliver(event)));
  }
}

const mannerOf = ({ webhookId }: PaypalServerOptions): WebhookManner<PaypalEvent> => ({
  system: 'paypal',
  kindOf: ({ event_type: kind }) => kind,
  bodyOf: (event) => JSON.stringify(event),
  headersOf: (_event, body) => signedHeaders(body, webhookId),
});
