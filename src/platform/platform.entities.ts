import { outboxEntities } from './outbox/outbox.entities.js';
import { schedulesEntities } from './schedules/schedules.entities.js';

export const platformEntities = [...outboxEntities, ...schedulesEntities];
