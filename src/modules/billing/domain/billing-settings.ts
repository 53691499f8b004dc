import { defineEntity } from '@mikro-orm/core';
import { id, int } from '../../../platform/database/columns.js';
import type { Patience } from './standing.js';

export const BillingSettingsSchema = defineEntity({
  name: 'BillingSettings',
  tableName: 'billing_settings',
  properties: {
    /** Always 1: the platform has one set. */
    id: int().primary().autoincrement(false),
    /** The platform's own company, a school like any other; null: nobody is billed. */
    sellerId: id().nullable(),
    /** What new schools try out. */
    planId: id().nullable(),
    restrictedAfterDays: int(),
    readOnlyAfterDays: int(),
  },
  indexes: [
    { name: 'billing_settings_seller', properties: ['sellerId'] },
    { name: 'billing_settings_plan', properties: ['planId'] },
  ],
});

/** Who sells, and how long it waits for its money. */
export class BillingSettings extends BillingSettingsSchema.class {
  get patience(): Patience {
    const { restrictedAfterDays, readOnlyAfterDays } = this;
    return { restrictedAfterDays, readOnlyAfterDays };
  }
}
BillingSettingsSchema.setClass(BillingSettings);
