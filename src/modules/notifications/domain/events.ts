import { DomainEvent } from '../../../platform/outbox/event.js';
import type { Lane } from '../../../platform/outbox/lanes.js';
import type { Id } from '../../../platform/values/id.js';
import type { Channel } from './message-kinds.js';

/** A message stands in the table and waits to be rendered and handed to its provider. */
export class MessageQueued extends DomainEvent<{ messageId: Id; lane: Lane }> {
  static override readonly eventName = 'notifications.message_queued';

  static of({ id, channel }: { readonly id: Id; readonly channel: Channel }): MessageQueued {
    return new MessageQueued({ messageId: id, lane: channel });
  }
}
