import type { Tables } from '../../platform/database/query.js';
import type { InvoiceSchema } from '../finance/index.js';
import type { SchoolSchema, TeacherSchema } from '../schools/index.js';
import type { BillingSettingsSchema } from './domain/billing-settings.js';
import type { BillingPlanSchema } from './domain/plan.js';
import type { BillingCustomerSchema, SubscriptionBillSchema } from './domain/subscription-bill.js';
import type { SubscriptionStepSchema } from './domain/subscription-step.js';
import type { SubscriptionSchema } from './domain/subscription.js';

export type BillingTables = Tables<
  | typeof BillingCustomerSchema
  | typeof BillingPlanSchema
  | typeof BillingSettingsSchema
  | typeof InvoiceSchema
  | typeof SchoolSchema
  | typeof SubscriptionBillSchema
  | typeof SubscriptionSchema
  | typeof SubscriptionStepSchema
  | typeof TeacherSchema
>;
