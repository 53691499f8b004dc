import type { Rejected, Unknown } from '../../../platform/ports/outcome.js';
import type { AcceptedWebhook, WebhookRequest } from '../../../platform/webhooks/webhook-adapter.js';
import type { MovementPage, MovementQuery } from './gateway-books.js';
import type {
  MethodAt,
  SaveMethodIntent,
  SaveMethodOpened,
  SaveMethodStatus,
  StoredMethod,
} from './gateway-methods.js';
import type { GatewayNews } from './gateway-news.js';
import type {
  CaptureIntent,
  CheckoutIntent,
  CheckoutOpened,
  CustomerCharge,
  PaymentAt,
  PaymentIntentOpened,
  PaymentIntentRequest,
  PaymentName,
  PaymentStatus,
} from './gateway-payment.js';
import type { RefundIntent, RefundStatus } from './gateway-refund.js';

export * from './gateway-books.js';
export * from './gateway-methods.js';
export * from './gateway-news.js';
export * from './gateway-payment.js';
export * from './gateway-refund.js';

export interface Known<Status> {
  readonly outcome: 'accepted';
  readonly status: Status;
}

export type Answer<Status> = Known<Status> | Rejected | Unknown;

/** What this gateway can do at all; what it cannot is answered `unsupported`, and never thrown. */
export interface GatewayAbilities {
  readonly manualCapture: boolean;
  readonly paymentIntents: boolean;
  readonly savedMethods: boolean;
  /** Its books can be read, so that ours can be held against them. */
  readonly movements: boolean;
  readonly schoolAccounts: boolean;
}

/** The gateway has no such thing, whoever asks again. */
export const unsupported: Rejected = { outcome: 'rejected', reason: 'unsupported' };

/** A provider that takes money for the school. Holds no state; answers in our words, and throws only for our own mistakes. */
export abstract class PaymentGateway {
  /** Stored on every payment: refunds and webhooks follow it. */
  abstract readonly provider: string;

  abstract readonly supports: GatewayAbilities;

  /** The same payment id opens one checkout, however often it is asked for. */
  abstract createCheckout(intent: CheckoutIntent): Promise<CheckoutOpened | Rejected | Unknown>;

  /** The same payment id opens one intent, which the school's own app lets the customer pay. */
  createPaymentIntent(_intent: PaymentIntentRequest): Promise<PaymentIntentOpened | Rejected | Unknown> {
    return Promise.resolve(unsupported);
  }

  /** The same payment id takes the money once. Failed for `needs_customer`: only the customer himself can go on. */
  chargeCustomer(_charge: CustomerCharge): Promise<Answer<PaymentStatus>> {
    return Promise.resolve(unsupported);
  }

  /** A charge whose answer was lost, by our id. Rejected: the gateway has none. */
  findCharge(_charge: CustomerCharge): Promise<Answer<PaymentStatus>> {
    return Promise.resolve(unsupported);
  }

  /** How a checkout, an intent or a charge stands. */
  abstract fetchPayment(at: PaymentAt): Promise<Answer<PaymentStatus>>;

  /** Takes what was reserved, once. */
  capture(_intent: CaptureIntent): Promise<Answer<PaymentStatus>> {
    return Promise.resolve(unsupported);
  }

  /** Nobody can pay it afterwards, and what was reserved is let go. Answers how it stands then, which may be paid. */
  abstract cancel(at: PaymentAt): Promise<Answer<PaymentStatus>>;

  /** The same refund id gives money back once, however often it is asked for. */
  abstract refund(intent: RefundIntent): Promise<Answer<RefundStatus>>;

  /** By the gateway's reference, or by our id when its answer was lost. Rejected: the gateway has no such refund. */
  abstract fetchRefund(intent: RefundIntent, ref: string | null): Promise<Answer<RefundStatus>>;

  /** The same method id opens one page for saving it. */
  saveMethod(_intent: SaveMethodIntent): Promise<SaveMethodOpened | Rejected | Unknown> {
    return Promise.resolve(unsupported);
  }

  fetchSavedMethod(_at: PaymentAt): Promise<Answer<SaveMethodStatus>> {
    return Promise.resolve(unsupported);
  }

  listMethods(_customerRef: string, _account: string | null): Promise<Answer<readonly StoredMethod[]>> {
    return Promise.resolve(unsupported);
  }

  /** It can be charged no more. One that is gone already is accepted. */
  detachMethod(_at: MethodAt): Promise<Answer<null>> {
    return Promise.resolve(unsupported);
  }

  /** A piece of the gateway's books, newest first. */
  listMovements(_query: MovementQuery): Promise<Answer<MovementPage>> {
    return Promise.resolve(unsupported);
  }

  /** The lines that one payout brought to the bank. */
  listPayout(_ref: string, _query: MovementQuery): Promise<Answer<MovementPage>> {
    return Promise.resolve(unsupported);
  }

  /** As what we have named the payment that a charge belongs to. Rejected: it was not made by us. */
  nameOf(_charge: PaymentAt): Promise<Answer<PaymentName>> {
    return Promise.resolve(unsupported);
  }

  /** Makes sure that the gateway sent it. @throws UntrustedWebhook */
  abstract acceptWebhook(request: WebhookRequest): AcceptedWebhook | Promise<AcceptedWebhook>;

  /** What an accepted message says. @throws what makes the job try again later */
  abstract parseWebhook(body: string): GatewayNews | Promise<GatewayNews>;
}
