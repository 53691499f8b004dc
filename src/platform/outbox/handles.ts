import { SetMetadata } from '@nestjs/common';
import type { DomainEvent, EventClass, EventOf } from './event.js';

export type HandlerMode = 'transactional' | 'external';

export interface HandlerOptions {
  /** Unique for ever: it is part of the deliveries' key. */
  readonly name: string;
  /**
   * `transactional` (the default): runs in one transaction with the closing of its delivery, so its effect happens exactly once.
   * `external`: runs outside a transaction, may call providers, and must stand a repeat; the delivery is closed afterwards.
   */
  readonly mode?: HandlerMode;
  /** After so many failures the delivery is a dead letter. */
  readonly attempts?: number;
}

export interface HandlerRegistration extends Required<HandlerOptions> {
  readonly eventName: string;
}

export const handlerMetadataKey = 'outbox:handles';

/** The method handles that event; a failure is retried with backoff. Stands above other decorators of the method. */
export function Handles<Event extends DomainEvent>(event: EventClass<Event>, options: HandlerOptions) {
  const registration: HandlerRegistration = {
    mode: 'transactional',
    attempts: 8,
    ...options,
    eventName: event.eventName,
  };
  return <Run extends (event: EventOf<Event>) => Promise<unknown>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Run>,
  ): void => {
    SetMetadata(handlerMetadataKey, registration)(target, name, descriptor as PropertyDescriptor);
  };
}

/** Thrown by a handler that wants to be called again later; does not count as a failure. */
export class Postponed extends Error {
  constructor(
    readonly until: Date,
    why: string,
  ) {
    super(why);
  }
}
