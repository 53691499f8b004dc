import {
  type Answer,
  type CheckoutIntent,
  type CheckoutOpened,
  type GatewayNews,
  type PaymentAt,
  PaymentGateway,
  type PaymentName,
  type PaymentStatus,
  type RefundIntent,
  type RefundStatus,
  unsupported,
} from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import type { AcceptedWebhook, WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';
import {
  amountOf,
  customIdOf,
  known,
  opened,
  orderOf,
  ours,
  type PaypalCapture,
  type PaypalOrder,
  type PaypalRefund,
  paymentStatus,
  refundStatus,
} from './paypal-answers.js';
import type { PaypalClient } from './paypal-client.js';
import { disputeNews, type PaypalDispute } from './paypal-disputes.js';
import { verifyPaypalSignature } from './paypal-signature.js';
import type { PaypalConfig } from './paypal.config.js';

const orders = '/v2/checkout/orders';
const captures = '/v2/payments/captures';
const refunds = '/v2/payments/refunds';
const orderId = /^[A-Z0-9]{17}$/;
/** His means to pay are not good enough. */
const declined = [
  'INSTRUMENT_DECLINED',
  'PAYER_CANNOT_PAY',
  'TRANSACTION_REFUSED',
  'REDIRECT_PAYER_FOR_ALTERNATE_FUNDING',
];

interface PaypalEvent {
  readonly id: string;
  readonly event_type: string;
  readonly resource: PaypalCapture | PaypalDispute;
}

/**
 * Payments by PayPal (Orders v2). An order takes no money by itself: what the customer has approved is taken as soon
 * as we hear of it. PayPal cannot end an order; one that may take no money any more is given the intent AUTHORIZE.
 */
export class PaypalPaymentGateway extends PaymentGateway {
  readonly provider = 'paypal';

  readonly supports = {
    manualCapture: false,
    paymentIntents: false,
    savedMethods: false,
    movements: false,
    schoolAccounts: false,
  };

  constructor(
    private readonly client: PaypalClient,
    private readonly config: PaypalConfig,
  ) {
    super();
  }

  async createCheckout(intent: CheckoutIntent): Promise<CheckoutOpened | Rejected | Unknown> {
    if (intent.capture === 'manual') return unsupported;
    const body = JSON.stringify(orderOf(intent));
    const call = { operation: 'create checkout', method: 'POST', path: orders, body, key: intent.paymentId } as const;
    const made = await known(this.client.call<PaypalOrder>(call), asItIs);
    return made.outcome === 'accepted' ? opened(made.status, intent.amount) : made;
  }

  async fetchPayment({ ref }: PaymentAt): Promise<Answer<PaymentStatus>> {
    const found = await known(this.read(ref), asItIs);
    if (found.outcome === 'accepted') return this.settled(found.status);
    // PayPal forgets an order that nobody approved within hours.
    const forgotten = found.reason === 'INVALID_RESOURCE_ID' && orderId.test(ref);
    return forgotten ? { outcome: 'accepted', status: { state: 'expired', ref, reason: null } } : found;
  }

  async cancel(at: PaymentAt): Promise<Answer<PaymentStatus>> {
    // First, as what a customer has approved is taken and not let go.
    const before = await this.fetchPayment(at);
    if (before.outcome !== 'accepted' || before.status.state !== 'open') return before;
    const closed = await this.close(at.ref);
    // Refused: the customer was faster.
    return closed.outcome === 'unknown' ? closed : this.fetchPayment(at);
  }

  refund({ refundId, schoolId, chargeRef, amount }: RefundIntent): Promise<Answer<RefundStatus>> {
    const body = JSON.stringify({ amount: amountOf(amount), custom_id: customIdOf('refund', schoolId, refundId) });
    const path = `${captures}/${encodeURIComponent(chargeRef)}/refund`;
    const call = { operation: 'refund', method: 'POST', path, body, key: `refund-${refundId}` } as const;
    return known(this.client.call<PaypalRefund>(call), refundStatus);
  }

  /** Only the order lists its refunds. */
  async fetchRefund({ refundId, chargeRef }: RefundIntent, ref: string | null): Promise<Answer<RefundStatus>> {
    if (ref !== null) return known(this.get<PaypalRefund>('find refund', refunds, ref), refundStatus);
    const captured = await known(this.get<PaypalCapture>('find refund', captures, chargeRef), asItIs);
    if (captured.outcome !== 'accepted') return captured;
    const ofOrder = captured.status.supplementary_data?.related_ids?.order_id;
    if (!ofOrder) return { outcome: 'unknown', reason: 'capture without an order' };
    const order = await known(this.read(ofOrder), asItIs);
    if (order.outcome !== 'accepted') return { outcome: 'unknown', reason: order.reason };
    const made = order.status.purchase_units.flatMap(({ payments }) => payments?.refunds ?? []);
    const found = made.find(({ custom_id: customId }) => ours('refund', customId)?.id === refundId);
    return found
      ? { outcome: 'accepted', status: refundStatus(found) }
      : { outcome: 'rejected', reason: 'no_such_refund' };
  }

  override async nameOf({ ref }: PaymentAt): Promise<Answer<PaymentName>> {
    const captured = await known(this.get<PaypalCapture>('find payment', captures, ref), asItIs);
    if (captured.outcome !== 'accepted') return captured;
    const named = ours('payment', captured.status.custom_id);
    if (!named) return { outcome: 'rejected', reason: 'not_ours' };
    return { outcome: 'accepted', status: { schoolId: named.schoolId, paymentId: named.id } };
  }

  async acceptWebhook(request: WebhookRequest): Promise<AcceptedWebhook> {
    await verifyPaypalSignature(request, this.config.webhookId, this.client);
    const { id: key, event_type: kind } = JSON.parse(request.body.toString()) as PaypalEvent;
    return { key, kind };
  }

  /** It says that something happened; how the payment stands, the API says. */
  async parseWebhook(body: string): Promise<GatewayNews> {
    const { event_type: kind, resource: about } = JSON.parse(body) as PaypalEvent;
    if (kind.startsWith('CUSTOMER.DISPUTE.')) {
      const dispute = disputeNews(about as PaypalDispute);
      return dispute ? { about: 'dispute', ...dispute } : { about: 'nothing', kind };
    }
    const resource = about as PaypalCapture;
    if (kind === 'PAYMENT.CAPTURE.REFUNDED') return this.aboutRefund(kind, resource.id);
    const ref = kind.startsWith('CHECKOUT.ORDER.')
      ? resource.id
      : kind.startsWith('PAYMENT.CAPTURE.') && resource.supplementary_data?.related_ids?.order_id;
    if (!ref) return { about: 'nothing', kind };
    const order = await this.read(ref);
    const named = ours('payment', order.purchase_units[0]?.custom_id);
    if (!named) return { about: 'nothing', kind };
    const answer = await this.settled(order);
    if (answer.outcome !== 'accepted') throw new Error(`PayPal could not say how it stands: ${answer.reason}`);
    return { about: 'payment', schoolId: named.schoolId, paymentId: named.id, account: null, status: answer.status };
  }

  private async aboutRefund(kind: string, ref: string): Promise<GatewayNews> {
    const refund = await this.get<PaypalRefund>('find refund', refunds, ref);
    const named = ours('refund', refund.custom_id);
    if (!named) return { about: 'nothing', kind };
    const { schoolId, id: refundId } = named;
    return { about: 'refund', schoolId, refundId, account: null, status: refundStatus(refund) };
  }

  private async settled(order: PaypalOrder): Promise<Answer<PaymentStatus>> {
    const status = paymentStatus(order);
    const approved = status.state === 'open' && order.status === 'APPROVED';
    return approved ? this.take(order.id) : { outcome: 'accepted', status };
  }

  /** An order is taken whole and once. */
  private async take(ref: string): Promise<Answer<PaymentStatus>> {
    const path = `${orders}/${ref}/capture`;
    const call = { operation: 'capture', method: 'POST', path, body: '{}', key: `capture-${ref}` } as const;
    const taken = await known(this.client.call<PaypalOrder>(call), paymentStatus);
    if (taken.outcome !== 'rejected') return taken;
    // He pays anew, by another checkout: this one shall not be taken later.
    if (declined.includes(taken.reason)) {
      const closed = await this.close(ref);
      if (closed.outcome === 'unknown') return closed;
      return { outcome: 'accepted', status: { state: 'failed', ref, reason: taken.reason.toLowerCase() } };
    }
    // Refused, as somebody else took it or closed it; or for good.
    const now = await known(this.read(ref), asItIs);
    if (now.outcome !== 'accepted') return now;
    const status = paymentStatus(now.status);
    return status.state === 'open' ? taken : { outcome: 'accepted', status };
  }

  /** No capture succeeds afterwards. */
  private async close(ref: string): Promise<Answer<null>> {
    const body = JSON.stringify([{ op: 'replace', path: '/intent', value: 'AUTHORIZE' }]);
    const call = { operation: 'cancel', method: 'PATCH', path: `${orders}/${ref}`, body, key: `close-${ref}` } as const;
    return known(this.client.call(call), () => null);
  }

  private read(ref: string): Promise<PaypalOrder> {
    return this.get('fetch checkout', orders, ref);
  }

  private get<Result>(operation: string, folder: string, id: string): Promise<Result> {
    return this.client.call({ operation, method: 'GET', path: `${folder}/${encodeURIComponent(id)}` });
  }
}

const asItIs = <Whole>(whole: Whole): Whole => whole;
