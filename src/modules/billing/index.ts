/** Billing's front door. */
import { BillingSettingsSchema } from './domain/billing-settings.js';
import { BillingPlanSchema } from './domain/plan.js';
import { BillingCustomerSchema, SubscriptionBillSchema } from './domain/subscription-bill.js';
import { SubscriptionStepSchema } from './domain/subscription-step.js';
import { SubscriptionSchema } from './domain/subscription.js';

export * from './ports/subscription-gateway.js';
export { BillingModule } from './billing.module.js';
export {
  SchoolReadOnly,
  SchoolRestored,
  SchoolRestricted,
  SubscriptionPastDue,
  TrialEnding,
} from './domain/billing-events.js';
export { BillReader } from './queries/bill-reader.js';
export { SubscriptionReader, type SubscriptionView } from './queries/subscription-reader.js';
export { RecordBill } from './use-cases/record-bill.js';
export { RecordSubscription } from './use-cases/record-subscription.js';

export const billingEntities = [
  BillingCustomerSchema,
  BillingPlanSchema,
  BillingSettingsSchema,
  SubscriptionBillSchema,
  SubscriptionSchema,
  SubscriptionStepSchema,
];
