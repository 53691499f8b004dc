import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Lane } from '../../../platform/outbox/lanes.js';
import type { Id } from '../../../platform/values/id.js';
import { traitsOf } from './message-kinds.js';
import type { Message } from './message.js';

/** A message stands in the table and waits to be rendered and handed to its provider. */
export class MessageQueued extends DomainEvent<{ messageId: Id; lane: Lane }> {
  static override readonly eventName = 'notifications.message_queued';

  static of({ id, channel, kind }: Pick<Message, 'id' | 'channel' | 'kind'>): MessageQueued {
    return new MessageQueued({ messageId: id, lane: traitsOf(kind).inBulk ? `bulk-${channel}` : channel });
  }
}

/** The office has lifted what kept e-mail from the reader of that message. */
export class EmailObstacleLifted extends DomainEvent<{ messageId: Id }> {
  static override readonly eventName = 'notifications.email_obstacle_lifted';
}
