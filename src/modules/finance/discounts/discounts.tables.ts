import type { Tables } from '../../../platform/database/query.js';
import type { ChargeSchema } from '../domain/charge.js';
import type { DiscountRedemptionSchema, DiscountSchema } from './domain/discount.js';

export type DiscountTables = Tables<typeof ChargeSchema | typeof DiscountRedemptionSchema | typeof DiscountSchema>;
