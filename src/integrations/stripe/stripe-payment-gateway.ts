import type Stripe from 'stripe';
import {
  type Answer,
  type CaptureIntent,
  type CheckoutIntent,
  type CheckoutOpened,
  type CustomerCharge,
  type GatewayNews,
  type MethodAt,
  type MovementPage,
  type MovementQuery,
  type PaymentAt,
  PaymentGateway,
  type PaymentIntentOpened,
  type PaymentIntentRequest,
  type PaymentName,
  type PaymentStatus,
  type RefundIntent,
  type RefundStatus,
  type SaveMethodIntent,
  type SaveMethodOpened,
  type SaveMethodStatus,
  type StoredMethod,
} from '../../modules/finance/index.js';
import type { Rejected, Unknown } from '../../platform/ports/outcome.js';
import { isId, newId } from '../../platform/values/id.js';
import type { AcceptedWebhook, WebhookRequest } from '../../platform/webhooks/webhook-adapter.js';
import {
  afterDecline,
  afterFailure,
  checkoutStatus,
  intentStatus,
  known,
  refundStatus,
  setupStatus,
  storedMethod,
} from './stripe-answers.js';
import { movementOf } from './stripe-books.js';
import { StripeClient } from './stripe-client.js';
import { newsOf, paymentNews, type SessionToAsk } from './stripe-news.js';
import { chargeOf, feeOf, intentOf, sessionOf, setupOf } from './stripe-requests.js';
import { verifyStripeSignature } from './stripe-signature.js';
import { StripeConfig } from './stripe.config.js';

const perPage = 100;

/** Whose books: a school's own account, or the platform's. */
const on = (account: string | null): Stripe.RequestOptions => (account ? { stripeAccount: account } : {});

/** Payments by Stripe. Our ids are the idempotency keys, and travel as metadata so that webhooks find back. */
export class StripePaymentGateway extends PaymentGateway {
  readonly provider = 'stripe';

  readonly supports = {
    manualCapture: true,
    paymentIntents: true,
    savedMethods: true,
    movements: true,
    schoolAccounts: true,
  };

  constructor(
    private readonly stripe: StripeClient,
    private readonly config: StripeConfig,
  ) {
    super();
  }

  async createCheckout(intent: CheckoutIntent): Promise<CheckoutOpened | Rejected | Unknown> {
    return this.open(
      `checkout-${intent.paymentId}`,
      intent.account,
      sessionOf(intent, this.fee, this.config.mobilePay),
    );
  }

  override async createPaymentIntent(intent: PaymentIntentRequest): Promise<PaymentIntentOpened | Rejected | Unknown> {
    const options = { idempotencyKey: `intent-${intent.paymentId}`, ...on(intent.account) };
    try {
      const { id, client_secret: clientSecret } = await this.stripe.call('create payment intent', (sdk) =>
        sdk.paymentIntents.create(intentOf(intent, this.fee), options),
      );
      return clientSecret
        ? { outcome: 'accepted', ref: id, clientSecret }
        : { outcome: 'unknown', reason: 'intent without a secret' };
    } catch (error) {
      return afterFailure(error);
    }
  }

  override async chargeCustomer(charge: CustomerCharge): Promise<Answer<PaymentStatus>> {
    const options = { idempotencyKey: `charge-${charge.paymentId}`, ...on(charge.account) };
    try {
      const intent = await this.stripe.call('charge customer', (sdk) =>
        sdk.paymentIntents.create(chargeOf(charge, this.fee), options),
      );
      return { outcome: 'accepted', status: intentStatus(intent) };
    } catch (error) {
      const declined = afterDecline(error);
      return declined ? { outcome: 'accepted', status: declined } : afterFailure(error);
    }
  }

  override async findCharge({ paymentId, customerRef, account }: CustomerCharge): Promise<Answer<PaymentStatus>> {
    try {
      const { data } = await this.stripe.call('find charge', (sdk) =>
        sdk.paymentIntents.list({ customer: customerRef, limit: perPage }, on(account)),
      );
      const intent = data.find(({ metadata }) => metadata['payment_id'] === paymentId);
      return intent
        ? { outcome: 'accepted', status: intentStatus(intent) }
        : { outcome: 'rejected', reason: 'no_such_charge' };
    } catch (error) {
      return afterFailure(error);
    }
  }

  fetchPayment({ ref, account }: PaymentAt): Promise<Answer<PaymentStatus>> {
    if (isIntent(ref)) {
      return known(intentStatus, () =>
        this.stripe.call('fetch payment', (sdk) => sdk.paymentIntents.retrieve(ref, {}, on(account))),
      );
    }
    return known(checkoutStatus, () => this.session(ref, account, ['payment_intent']));
  }

  override async capture({ ref, account, paymentId, amount }: CaptureIntent): Promise<Answer<PaymentStatus>> {
    const before = await this.fetchPayment({ ref, account });
    if (before.outcome !== 'accepted' || before.status.state !== 'authorized') return before;
    const intent = before.status.chargeRef ?? ref;
    const params = { amount_to_capture: amount.amount, ...feeOf(amount, account, this.fee) };
    const options = { idempotencyKey: `capture-${paymentId}`, ...on(account) };
    return known(
      (captured: Stripe.PaymentIntent) => ({ ...intentStatus(captured), ref }),
      () => this.stripe.call('capture', (sdk) => sdk.paymentIntents.capture(intent, params, options)),
    );
  }

  async cancel(at: PaymentAt): Promise<Answer<PaymentStatus>> {
    const ended = isIntent(at.ref) ? await this.cancelIntent(at.ref, at.account) : await this.expire(at);
    if (ended.outcome === 'unknown') return ended;
    // Refused for one that is no longer open: it has been paid or reserved, or has ended by itself.
    const now = await this.fetchPayment(at);
    if (isIntent(at.ref) || now.outcome !== 'accepted' || now.status.state !== 'authorized') return now;
    await this.cancelIntent(now.status.chargeRef!, at.account);
    return this.fetchPayment(at);
  }

  refund({ refundId, schoolId, chargeRef, amount, account }: RefundIntent): Promise<Answer<RefundStatus>> {
    const metadata = { school_id: schoolId, refund_id: refundId };
    const feeBack = account && this.fee.basisPoints > 0 ? { refund_application_fee: true } : {};
    const options = { idempotencyKey: `refund-${refundId}`, ...on(account) };
    return known(refundStatus, () =>
      this.stripe.call('refund', (sdk) =>
        sdk.refunds.create({ payment_intent: chargeRef, amount: amount.amount, metadata, ...feeBack }, options),
      ),
    );
  }

  fetchRefund(intent: RefundIntent, ref: string | null): Promise<Answer<RefundStatus>> {
    if (!ref) return this.findRefund(intent);
    return known(refundStatus, () =>
      this.stripe.call('fetch refund', (sdk) => sdk.refunds.retrieve(ref, {}, on(intent.account))),
    );
  }

  override saveMethod(intent: SaveMethodIntent): Promise<SaveMethodOpened | Rejected | Unknown> {
    return this.open(`method-${intent.methodId}`, intent.account, setupOf(intent));
  }

  override fetchSavedMethod({ ref, account }: PaymentAt): Promise<Answer<SaveMethodStatus>> {
    return known(setupStatus, () => this.session(ref, account, ['setup_intent.payment_method']));
  }

  override listMethods(customerRef: string, account: string | null): Promise<Answer<readonly StoredMethod[]>> {
    return known(
      ({ data }: Stripe.ApiList<Stripe.PaymentMethod>) => data.map((method) => storedMethod(method, customerRef)),
      () =>
        this.stripe.call('list methods', (sdk) =>
          sdk.customers.listPaymentMethods(customerRef, { limit: perPage }, on(account)),
        ),
    );
  }

  override async detachMethod({ methodRef, account }: MethodAt): Promise<Answer<null>> {
    const options = { idempotencyKey: onceOnly(), ...on(account) };
    const detached = await known(
      () => null,
      () => this.stripe.call('detach method', (sdk) => sdk.paymentMethods.detach(methodRef, {}, options)),
    );
    // What Stripe no longer has, or has attached to nobody, is what was asked for.
    return detached.outcome === 'rejected' ? { outcome: 'accepted', status: null } : detached;
  }

  override listMovements(query: MovementQuery): Promise<Answer<MovementPage>> {
    return this.movements(query, { created: { gte: Math.floor(query.since.getTime() / 1_000) } });
  }

  override listPayout(ref: string, query: MovementQuery): Promise<Answer<MovementPage>> {
    return this.movements(query, { payout: ref });
  }

  override async nameOf({ ref, account }: PaymentAt): Promise<Answer<PaymentName>> {
    const found = await known(
      ({ metadata }: Stripe.PaymentIntent) => metadata,
      () => this.stripe.call('fetch payment', (sdk) => sdk.paymentIntents.retrieve(ref, {}, on(account))),
    );
    if (found.outcome !== 'accepted') return found;
    const { school_id: schoolId, payment_id: paymentId } = found.status;
    if (!isId(schoolId) || !isId(paymentId)) return { outcome: 'rejected', reason: 'not_ours' };
    return { outcome: 'accepted', status: { schoolId, paymentId } };
  }

  async acceptWebhook(request: WebhookRequest): Promise<AcceptedWebhook> {
    const { id: key, type: kind } = verifyStripeSignature(request, this.config, await this.stripe.sdk());
    return { key, kind };
  }

  async parseWebhook(body: string): Promise<GatewayNews> {
    const event = JSON.parse(body) as Stripe.Event;
    const news = newsOf(event);
    return news.about === 'session' ? this.askAbout(news, event) : news;
  }

  private async askAbout(session: SessionToAsk, event: Stripe.Event): Promise<GatewayNews> {
    const { type } = event;
    const account = event.account ?? null;
    const nothing = { about: 'nothing', kind: type } as const;
    const { metadata, sessionId: ref } = session;
    if (session.mode === 'payment') {
      const answer = must(await this.fetchPayment({ ref, account }));
      return paymentNews(metadata, account, answer) ?? nothing;
    }
    const { school_id: schoolId, method_id: methodId } = metadata ?? {};
    if (!isId(schoolId) || !isId(methodId)) return nothing;
    return {
      about: 'method',
      schoolId,
      methodId,
      account,
      status: must(await this.fetchSavedMethod({ ref, account })),
    };
  }

  private get fee() {
    return { basisPoints: this.config.applicationFeeBp };
  }

  private async open(
    idempotencyKey: string,
    account: string | null,
    params: Stripe.Checkout.SessionCreateParams,
  ): Promise<CheckoutOpened | Rejected | Unknown> {
    try {
      const { id, url } = await this.stripe.call('create checkout', (sdk) =>
        sdk.checkout.sessions.create(params, { idempotencyKey, ...on(account) }),
      );
      return url
        ? { outcome: 'accepted', ref: id, url }
        : { outcome: 'unknown', reason: 'checkout without an address' };
    } catch (error) {
      return afterFailure(error);
    }
  }

  private session(ref: string, account: string | null, expand: string[]) {
    return this.stripe.call('fetch checkout', (sdk) => sdk.checkout.sessions.retrieve(ref, { expand }, on(account)));
  }

  private expire({ ref, account }: PaymentAt): Promise<Answer<PaymentStatus>> {
    const options = { idempotencyKey: onceOnly(), ...on(account) };
    return known(checkoutStatus, () =>
      this.stripe.call('expire checkout', (sdk) => sdk.checkout.sessions.expire(ref, {}, options)),
    );
  }

  private cancelIntent(ref: string, account: string | null): Promise<Answer<PaymentStatus>> {
    const options = { idempotencyKey: onceOnly(), ...on(account) };
    return known(intentStatus, () => this.stripe.call('cancel', (sdk) => sdk.paymentIntents.cancel(ref, {}, options)));
  }

  private movements(
    { account, after }: MovementQuery,
    of: Stripe.BalanceTransactionListParams,
  ): Promise<Answer<MovementPage>> {
    const params = { ...of, limit: perPage, expand: ['data.source'], ...(after ? { starting_after: after } : {}) };
    return known(
      ({ data, has_more: hasMore }: Stripe.ApiList<Stripe.BalanceTransaction>) => ({
        movements: data.map(movementOf),
        hasMore,
      }),
      () => this.stripe.call('list movements', (sdk) => sdk.balanceTransactions.list(params, on(account))),
    );
  }

  private async findRefund({ refundId, chargeRef, account }: RefundIntent): Promise<Answer<RefundStatus>> {
    try {
      const { data } = await this.stripe.call('find refund', (sdk) =>
        sdk.refunds.list({ payment_intent: chargeRef, limit: perPage }, on(account)),
      );
      const refund = data.find(({ metadata }) => metadata?.['refund_id'] === refundId);
      return refund
        ? { outcome: 'accepted', status: refundStatus(refund) }
        : { outcome: 'rejected', reason: 'no_such_refund' };
    } catch (error) {
      return afterFailure(error);
    }
  }
}

/** For one call and its own repeats: what ends something may be refused now and wanted again later. */
const onceOnly = () => `once-${newId()}`;

const isIntent = (ref: string) => ref.startsWith('pi_');

/** @throws Error where the gateway cannot say; the webhook's job asks again */
function must<Status>(answer: Answer<Status>): Status {
  if (answer.outcome === 'accepted') return answer.status;
  throw new Error(`Stripe could not say how it stands: ${answer.reason}`);
}
