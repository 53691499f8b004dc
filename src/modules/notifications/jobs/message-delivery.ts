import { Injectable } from '@nestjs/common';
import { type Delivered, HandlesMany, type Outcomes } from '../../../platform/outbox/handles.js';
import { MessageQueued } from '../domain/events.js';
import { SendMessages, type Within } from '../use-cases/send-messages.js';

/** Hands queued messages to their providers, outside of any transaction. */
@Injectable()
export class MessageDelivery {
  constructor(private readonly sendMessages: SendMessages) {}

  @HandlesMany(MessageQueued, { name: 'notifications.send-message', lane: ({ lane }) => lane })
  async send(events: readonly Delivered<MessageQueued>[], stop: AbortSignal): Promise<Outcomes> {
    const byMessage = new Map(events.map((event) => [event.payload.messageId, event]));
    const within: Within = (messageId, work) => byMessage.get(messageId)!.within(work);
    const outcomes = await this.sendMessages.execute([...byMessage.keys()], within, stop);
    return new Map([...outcomes].map(([messageId, error]) => [byMessage.get(messageId)!.id, error]));
  }
}
