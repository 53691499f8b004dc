import {
  type Answer,
  type CaptureIntent,
  type CheckoutIntent,
  type CheckoutOpened,
  type GatewayNews,
  type PaymentAt,
  PaymentGateway,
  type PaymentStatus,
  type RefundIntent,
  type RefundStatus,
} from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import { isId } from '../../platform/values/id.js';
import type { Money } from '../../platform/values/money.js';
import type { AcceptedWebhook, WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';
import {
  afterFailure,
  holdsARest,
  known,
  paymentStatus,
  type VippsAmount,
  type VippsEvent,
  type VippsPayment,
} from './vipps-answers.js';
import { type VippsClient, VippsRefusal } from './vipps-client.js';
import { verifyVippsSignature } from './vipps-signature.js';
import type { VippsConfig } from './vipps.config.js';

const payments = '/epayment/v1/payments';
const amountOf = ({ amount: value, currency }: Money): VippsAmount => ({ value, currency });
const refundKey = (refundId: string) => `refund-${refundId}`;
const aboutPayments = ['AUTHORIZED', 'CAPTURED', 'ABORTED', 'EXPIRED', 'TERMINATED', 'CANCELLED'];

/**
 * Payments by Vipps MobilePay (ePayment). Our payment id is its reference. It only ever reserves: unless we were asked
 * to reserve too, what the customer has approved is taken as soon as we hear of it.
 */
export class VippsPaymentGateway extends PaymentGateway {
  readonly provider = 'vipps';

  readonly supports = {
    manualCapture: true,
    paymentIntents: false,
    savedMethods: false,
    movements: false,
    schoolAccounts: false,
  };

  constructor(
    private readonly client: VippsClient,
    private readonly config: VippsConfig,
  ) {
    super();
  }

  async createCheckout(intent: CheckoutIntent): Promise<CheckoutOpened | Rejected | Unknown> {
    const { paymentId: reference, schoolId, capture, amount, description, successUrl } = intent;
    const body = {
      amount: amountOf(amount),
      paymentMethod: { type: 'WALLET' },
      reference,
      userFlow: 'WEB_REDIRECT',
      returnUrl: successUrl,
      paymentDescription: description.slice(0, 100),
      metadata: { school_id: schoolId, capture },
    };
    const call = { operation: 'create checkout', method: 'POST', path: payments, body, key: reference } as const;
    try {
      return opened(reference, await this.client.call<{ redirectUrl?: string }>(call));
    } catch (error) {
      if (error instanceof VippsRefusal && error.status === 409) return this.openedBefore(reference, amount);
      return afterFailure(error);
    }
  }

  async fetchPayment({ ref }: PaymentAt): Promise<Answer<PaymentStatus>> {
    const found = await known(this.read(ref), asItIs);
    return found.outcome === 'accepted' ? this.settled(found.status) : found;
  }

  override async capture({ ref, amount }: CaptureIntent): Promise<Answer<PaymentStatus>> {
    const before = await known(this.read(ref), asItIs);
    if (before.outcome !== 'accepted') return before;
    if (paymentStatus(before.status).state !== 'authorized') return this.settled(before.status);
    return this.take(ref, amount);
  }

  async cancel(at: PaymentAt): Promise<Answer<PaymentStatus>> {
    // First, as what a customer has approved is taken and not let go, unless it was only to be reserved.
    const before = await this.fetchPayment(at);
    if (before.outcome !== 'accepted' || !['open', 'authorized'].includes(before.status.state)) return before;
    const cancelled = await this.letGo(at.ref);
    // Refused: the customer was faster.
    return cancelled.outcome === 'unknown' ? cancelled : this.fetchPayment(at);
  }

  refund({ refundId, chargeRef, amount }: RefundIntent): Promise<Answer<RefundStatus>> {
    const key = refundKey(refundId);
    return known(this.change(chargeRef, 'refund', key, amount), () => ({ state: 'succeeded', ref: key }));
  }

  async fetchRefund({ refundId, chargeRef }: RefundIntent): Promise<Answer<RefundStatus>> {
    const key = refundKey(refundId);
    const path = `${payments}/${chargeRef}/events`;
    const events = await known(
      this.client.call<VippsEvent[]>({ operation: 'find refund', method: 'GET', path }),
      asItIs,
    );
    if (events.outcome !== 'accepted') return events;
    const done = events.status.some(
      ({ name, idempotencyKey, success }) => name === 'REFUNDED' && idempotencyKey === key && success,
    );
    return done
      ? { outcome: 'accepted', status: { state: 'succeeded', ref: key } }
      : { outcome: 'rejected', reason: 'no_such_refund' };
  }

  acceptWebhook(request: WebhookRequest): AcceptedWebhook {
    verifyVippsSignature(request, this.config.webhookSecret);
    const { pspReference, reference, name, idempotencyKey } = JSON.parse(request.body.toString()) as VippsEvent;
    return { key: [reference, pspReference, name, idempotencyKey ?? ''].join('/'), kind: name };
  }

  /** It says that something happened; how the payment stands, the API says. */
  async parseWebhook(body: string): Promise<GatewayNews> {
    const event = JSON.parse(body) as VippsEvent;
    const { reference, name } = event;
    const nothing = { about: 'nothing', kind: name } as const;
    // What was made by hand in the merchant's portal has no reference of ours.
    if (!isId(reference) || !(name === 'REFUNDED' || aboutPayments.includes(name))) return nothing;
    const payment = await this.read(reference);
    const schoolId = payment.metadata?.['school_id'];
    if (!isId(schoolId)) return nothing;
    if (name === 'REFUNDED') {
      const refundId = event.idempotencyKey?.replace(/^refund-/, '');
      if (!event.success || !isId(refundId)) return nothing;
      const status = { state: 'succeeded', ref: refundKey(refundId) } as const;
      return { about: 'refund', schoolId, refundId, account: null, status };
    }
    const answer = await this.settled(payment);
    if (answer.outcome !== 'accepted') throw new Error(`Vipps MobilePay could not say how it stands: ${answer.reason}`);
    return { about: 'payment', schoolId, paymentId: reference, account: null, status: answer.status };
  }

  /** The reference is taken, and its key forgotten or used for another request. */
  private async openedBefore(reference: string, { amount, currency }: Money): Promise<CheckoutOpened | Unknown> {
    const before = await known(this.read(reference), asItIs);
    if (before.outcome !== 'accepted') return { outcome: 'unknown', reason: before.reason };
    const { value, currency: its } = before.status.amount;
    if (value !== amount || its !== currency) return { outcome: 'unknown', reason: 'another amount' };
    return opened(reference, before.status);
  }

  private async settled(payment: VippsPayment): Promise<Answer<PaymentStatus>> {
    const status = paymentStatus(payment);
    const manual = payment.metadata?.['capture'] === 'manual';
    if (status.state === 'authorized' && !manual) return this.take(payment.reference, status.reserved);
    // What is taken is told even so: a rest that cannot be let go now runs out by itself.
    if (holdsARest(payment)) await this.letGo(payment.reference);
    return { outcome: 'accepted', status };
  }

  /** Under one key whatever the amount: two captures of one payment shall never add up. */
  private async take(ref: string, amount: Money): Promise<Answer<PaymentStatus>> {
    const taken = await known(this.change(ref, 'capture', `capture-${ref}`, amount), asItIs);
    if (taken.outcome === 'unknown') return taken;
    if (taken.outcome === 'accepted') {
      if (holdsARest(taken.status)) await this.letGo(ref);
      return { outcome: 'accepted', status: paymentStatus(taken.status) };
    }
    // Refused, as somebody else took it or let it go; or for good.
    const now = await known(this.read(ref), paymentStatus);
    return now.outcome === 'accepted' && now.status.state === 'authorized' ? taken : now;
  }

  private letGo(ref: string): Promise<Answer<null>> {
    return known(this.change(ref, 'cancel', `cancel-${ref}`), () => null);
  }

  private read(ref: string): Promise<VippsPayment> {
    const path = `${payments}/${encodeURIComponent(ref)}`;
    return this.client.call({ operation: 'fetch checkout', method: 'GET', path });
  }

  private change(
    ref: string,
    what: 'capture' | 'cancel' | 'refund',
    key: string,
    amount?: Money,
  ): Promise<VippsPayment> {
    const body = amount ? { body: { modificationAmount: amountOf(amount) } } : {};
    return this.client.call({ operation: what, method: 'POST', path: `${payments}/${ref}/${what}`, key, ...body });
  }
}

const asItIs = <Whole>(whole: Whole): Whole => whole;

function opened(ref: string, { redirectUrl: url }: { readonly redirectUrl?: string }): CheckoutOpened | Unknown {
  return url ? { outcome: 'accepted', ref, url } : { outcome: 'unknown', reason: 'payment without an address' };
}
