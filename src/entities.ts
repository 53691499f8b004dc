import type { EntitySchema } from '@mikro-orm/core';
import { accountingEntities } from './modules/accounting/index.js';
import { billingEntities } from './modules/billing/index.js';
import { bookingsEntities } from './modules/bookings/index.js';
import { educationEntities } from './modules/education/index.js';
import { financeEntities } from './modules/finance/index.js';
import { identityEntities } from './modules/identity/index.js';
import { notificationsEntities } from './modules/notifications/index.js';
import { outgoingWebhooksEntities } from './modules/outgoing-webhooks/index.js';
import { schoolsEntities } from './modules/schools/index.js';
import { studentsEntities } from './modules/students/index.js';
import { platformEntities } from './platform/platform.entities.js';

/** Every table the application knows; a module adds its own list here. */
export const entities: EntitySchema[] = [
  ...platformEntities,
  ...identityEntities,
  ...schoolsEntities,
  ...studentsEntities,
  ...educationEntities,
  ...financeEntities,
  ...billingEntities,
  ...accountingEntities,
  ...bookingsEntities,
  ...notificationsEntities,
  ...outgoingWebhooksEntities,
];
