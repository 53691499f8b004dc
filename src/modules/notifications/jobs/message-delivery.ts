import { Injectable } from '@nestjs/common';
import type { EventOf } from '../../../platform/outbox/event.js';
import { Handles } from '../../../platform/outbox/handles.js';
import { MessageQueued } from '../domain/events.js';
import { SendMessage } from '../use-cases/send-message.js';

/** Hands queued messages to their providers, outside of any transaction. */
@Injectable()
export class MessageDelivery {
  constructor(private readonly sendMessage: SendMessage) {}

  @Handles(MessageQueued, { name: 'notifications.send-message', mode: 'external' })
  send({ payload }: EventOf<MessageQueued>): Promise<void> {
    return this.sendMessage.execute(payload.messageId);
  }
}
