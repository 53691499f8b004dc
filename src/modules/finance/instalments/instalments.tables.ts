import type { Tables } from '../../../platform/database/query.js';
import type { ChargeSchema } from '../domain/charge.js';
import type { InvoiceSchema } from '../domain/invoice.js';
import type { PackageUnitSchema } from '../packages/domain/sold-package.js';
import type { InstalmentPlanSchema, InstalmentSchema } from './domain/instalment-plan.js';

export type InstalmentTables = Tables<
  | typeof ChargeSchema
  | typeof InstalmentPlanSchema
  | typeof InstalmentSchema
  | typeof InvoiceSchema
  | typeof PackageUnitSchema
>;
