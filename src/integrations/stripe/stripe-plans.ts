import type Stripe from 'stripe';
import type { SubscriptionPlanAt } from '../../modules/billing/index.js';
import type { StripeClient } from './stripe-client.js';

type PriceNamed = Pick<Stripe.Price, 'metadata'>;

/** The plan a price of ours belongs to; null for a price that somebody made at Stripe. */
export function planCodeOf({ metadata }: PriceNamed): string | null {
  return metadata['plan_code'] ?? null;
}

/**
 * Our plans as Stripe's prices. A price never changes: a plan that costs something else gets another one beside it, so
 * whoever subscribed before keeps his until he is changed, and the same plan at the same price is one price for all.
 */
export class StripePlans {
  constructor(private readonly stripe: StripeClient) {}

  /** The price's id; it and the product are made when they are first needed. @throws as StripeClient.call */
  async priceOf(plan: SubscriptionPlanAt): Promise<string> {
    const key = lookupKeyOf(plan);
    const { data } = await this.stripe.call('find price', (sdk) => sdk.prices.list({ lookup_keys: [key], limit: 1 }));
    return data[0]?.id ?? this.make(plan, key);
  }

  private async make(plan: SubscriptionPlanAt, key: string): Promise<string> {
    const { currency, amount } = plan.unitPrice;
    const params: Stripe.PriceCreateParams = {
      product: await this.productOf(plan),
      currency: currency.toLowerCase(),
      unit_amount: amount,
      recurring: { interval: 'month' },
      tax_behavior: 'inclusive',
      lookup_key: key,
      metadata: { plan_code: plan.code },
    };
    const { id } = await this.stripe.call('create price', (sdk) =>
      sdk.prices.create(params, { idempotencyKey: `price-${key}` }),
    );
    return id;
  }

  private async productOf({ code, name }: SubscriptionPlanAt): Promise<string> {
    const id = `plan-${code}`;
    try {
      // Without a key of its own: the id is one, and a plan may be called something else tomorrow.
      await this.stripe.call('create product', (sdk) => sdk.products.create({ id, name }));
    } catch (error) {
      if ((error as Partial<Stripe.errors.StripeError>).code !== 'resource_already_exists') throw error;
    }
    return id;
  }
}

function lookupKeyOf({ code, unitPrice }: SubscriptionPlanAt): string {
  return `${code}-${unitPrice.amount}-${unitPrice.currency}-month`.toLowerCase();
}
