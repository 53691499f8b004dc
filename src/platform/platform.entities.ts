import { outboxEntities } from './outbox/outbox.entities.js';
import { schedulesEntities } from './schedules/schedules.entities.js';
import { webhooksEntities } from './webhooks/webhook-event.js';

export const platformEntities = [...outboxEntities, ...schedulesEntities, ...webhooksEntities];
