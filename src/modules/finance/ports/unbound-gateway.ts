import { Logger } from '@nestjs/common';
import type { Unknown } from '../../../platform/ports/outcome.js';
import { UntrustedWebhook } from '../../../platform/webhooks/webhook-adapter.js';
import { PaymentGateway } from './payment-gateway.js';

/**
 * Stands for a provider that payments are stored with and that is no longer set up: nobody knows how they stand until it is again.
 * It throws nothing, so that the other payments have their turn.
 */
export class UnboundGateway extends PaymentGateway {
  private readonly logger = new Logger(UnboundGateway.name);

  readonly supports = {
    manualCapture: false,
    paymentIntents: false,
    savedMethods: false,
    movements: false,
    schoolAccounts: false,
  };

  constructor(readonly provider: string) {
    super();
  }

  createCheckout = () => this.unknown();
  override createPaymentIntent = () => this.unknown();
  override chargeCustomer = () => this.unknown();
  override findCharge = () => this.unknown();
  fetchPayment = () => this.unknown();
  override capture = () => this.unknown();
  cancel = () => this.unknown();
  refund = () => this.unknown();
  fetchRefund = () => this.unknown();
  override saveMethod = () => this.unknown();
  override fetchSavedMethod = () => this.unknown();
  override listMethods = () => this.unknown();
  override detachMethod = () => this.unknown();
  override listMovements = () => this.unknown();
  override listPayout = () => this.unknown();
  override nameOf = () => this.unknown();

  acceptWebhook(): never {
    throw new UntrustedWebhook();
  }

  parseWebhook(): never {
    throw new Error(`no payment gateway is bound for ${this.provider}`);
  }

  private unknown(): Promise<Unknown> {
    const { provider } = this;
    this.logger.error(
      { provider },
      'a payment waits for a provider that is not set up: set its keys, as they were before',
    );
    return Promise.resolve({ outcome: 'unknown', reason: 'provider_unbound' });
  }
}
