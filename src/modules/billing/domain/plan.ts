import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { amount, bool, currency, id, instant, int, text } from '../../../platform/database/columns.js';
import { Money } from '../../../platform/values/money.js';
import type { SubscriptionPlanAt } from '../ports/subscription.js';

export const BillingPlanSchema = defineEntity({
  name: 'BillingPlan',
  tableName: 'billing_plans',
  properties: {
    id: id().primary(),
    code: text(40).collation('ascii_bin'),
    version: int(),
    name: text(60),
    /** For a month and a seat, VAT included. */
    priceMinor: amount(),
    currency: currency(),
    vatRateBp: int(),
    /** Paid for however few teachers there are. */
    leastSeats: int(),
    /** A school with more teachers cannot choose it; null: any number. */
    mostSeats: int().nullable(),
    trialDays: int(),
    archived: bool(),
    createdAt: instant(),
  },
  uniques: [{ name: 'billing_plans_version', properties: ['code', 'version'] }],
});

/** What schools subscribe to. It never changes: another version takes its place, for those who choose it from then on. */
export class BillingPlan extends BillingPlanSchema.class {
  static of(row: InferEntity<typeof BillingPlanSchema>): BillingPlan {
    return Object.assign(new BillingPlan(), row);
  }

  get price(): Money {
    return Money.of(this.priceMinor, this.currency);
  }

  /** What so many teachers cost. */
  seatsFor(teachers: number): number {
    return Math.max(this.leastSeats, teachers);
  }

  holds(teachers: number): boolean {
    return this.mostSeats === null || this.mostSeats === undefined || teachers <= this.mostSeats;
  }

  /** As the gateway knows it: each version is a plan of its own there. */
  get atGateway(): SubscriptionPlanAt {
    return { code: `${this.code}.${this.version}`, name: this.name, unitPrice: this.price };
  }
}
BillingPlanSchema.setClass(BillingPlan);
