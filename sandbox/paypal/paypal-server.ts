import { randomUUID } from 'node:crypto';
import { BoundedMap } from '../http/bounded-map.js';
import type { Described, Operation, Vendor } from '../http/vendor.js';
import type { VendorAnswer, VendorRequest } from '../http/vendor-call.js';
import { type Amount, type NewOrder, type PaypalOrder, PaypalOrders } from './paypal-orders.js';
import { PaypalProblem } from './paypal-problem.js';
import { signatureOf, signedHeaders, SIGNING_SECRET } from './paypal-signature.js';

export interface PaypalServerOptions {
  clientId: string;
  clientSecret: string;
  webhookId: string;
  /** Where the webhooks go; none are sent until it is known. */
  webhookUrl: string | null;
  /** Where the customer approves that order. */
  approvalUrl: (orderId: string) => string;
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
  private readonly answered = new BoundedMap<string, VendorAnswer>();
  private readonly token = randomUUID();
  private webhookUrl: string | null;

  constructor(private readonly options: PaypalServerOptions) {
    this.orders = new PaypalOrders(options.approvalUrl);
    this.webhookUrl = options.webhookUrl;
    this.apis = [
      this.api('paypalOrders', this.checkout()),
      this.api('paypalPayments', this.payments()),
      this.api('paypalWebhooks', this.others()),
    ];
  }

  sendTo(url: string): void {
    this.webhookUrl = url;
  }

  /** The customer approves; the webhooks have been tried when this resolves. */
  async approve(orderId: string, { declines = false } = {}): Promise<void> {
    this.orders.approve(this.orders.get(orderId), declines);
    await this.tell();
  }

  clear(): void {
    this.orders.clear();
    this.answered.clear();
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
    const login = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const wanted = path === '/v1/oauth2/token' ? login : `Bearer ${this.token}`;
    return headers.authorization === wanted ? undefined : new PaypalProblem(401, 'INVALID_CREDENTIALS').toAnswer();
  }

  /** The same key gives the same answer, whatever is asked for. */
  private async act(operation: Operation, request: VendorRequest): Promise<VendorAnswer> {
    const given = request.headers['paypal-request-id'];
    const key = given && `${request.path} ${String(given)}`;
    const before = key ? this.answered.get(key) : undefined;
    if (before) return before;
    try {
      const answer = await operation.handle(request);
      if (key) this.answered.set(key, answer);
      return { ...answer, afterwards: () => void this.tell() };
    } catch (error) {
      if (error instanceof PaypalProblem) return error.toAnswer();
      throw error;
    }
  }

  private named({ params }: VendorRequest): PaypalOrder {
    return this.orders.get(params['id'] ?? '');
  }

  private async tell(): Promise<void> {
    const events = this.orders.takeUntold();
    const url = this.webhookUrl;
    if (url === null) return;
    for (const event of events) {
      const id = `WH-${randomUUID()}`;
      const body = JSON.stringify({ id, event_version: '1.0', create_time: new Date().toISOString(), ...event });
      const headers = { ...signedHeaders(body, this.options.webhookId), 'content-type': 'application/json' };
      // Nobody there: what is not told is asked for.
      await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
    }
  }
}

function served(
  name: string,
  method: 'GET' | 'POST',
  path: string,
  act: (request: VendorRequest) => object,
  status = 200,
): Operation {
  return { name, method, path, handle: (request) => ({ status, body: structuredClone(act(request)) }) };
}
