import { auditEntities } from './audit/audit.entities.js';
import { filesEntities } from './files/stored-file.js';
import { idempotencyEntities } from './http/idempotency/idempotency.entities.js';
import { outboxEntities } from './outbox/outbox.entities.js';
import { schedulesEntities } from './schedules/schedules.entities.js';
import { webhooksEntities } from './webhooks/webhook-event.js';

export const platformEntities = [
  ...auditEntities,
  ...filesEntities,
  ...idempotencyEntities,
  ...outboxEntities,
  ...schedulesEntities,
  ...webhooksEntities,
];
