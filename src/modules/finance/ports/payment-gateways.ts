import type { PaymentGateway } from './payment-gateway.js';
import { UnboundGateway } from './unbound-gateway.js';

/** Every bound gateway, by the provider that is stored on a payment. */
export class PaymentGateways {
  private readonly byProvider: ReadonlyMap<string, PaymentGateway>;

  /** @param preferred the provider of new payments */
  constructor(
    gateways: readonly PaymentGateway[],
    private readonly preferred: string,
  ) {
    this.byProvider = new Map(gateways.map((gateway) => [gateway.provider, gateway]));
    if (!this.byProvider.has(preferred)) throw new Error(`no payment gateway is bound for ${preferred}`);
  }

  /** The gateway a payment was made with; one that knows nothing when it is no longer bound. */
  for(provider: string): PaymentGateway {
    return this.byProvider.get(provider) ?? new UnboundGateway(provider);
  }

  find(provider: string): PaymentGateway | undefined {
    return this.byProvider.get(provider);
  }

  get all(): readonly PaymentGateway[] {
    return [...this.byProvider.values()];
  }

  /** The gateway of new payments. */
  get current(): PaymentGateway {
    return this.for(this.preferred);
  }
}
