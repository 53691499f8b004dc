import { SetMetadata } from '@nestjs/common';
import type { Id } from '../values/id.js';
import type { DomainEvent, EventClass, EventOf } from './event.js';
import type { Lane } from './lanes.js';

export type HandlerMode = 'transactional' | 'external';

interface CommonOptions {
  /** Unique for ever: it is part of the deliveries' key. */
  readonly name: string;
  /** After so many failures the delivery is a dead letter. */
  readonly attempts?: number;
}

export interface HandlerOptions extends CommonOptions {
  /**
   * `transactional` (the default): runs in one transaction with the closing of its delivery, so its effect happens exactly once.
   * `external`: runs outside a transaction, may call providers, and must stand a repeat; the delivery is closed afterwards.
   */
  readonly mode?: HandlerMode;
}

export interface BatchOptions<Event extends DomainEvent> extends CommonOptions {
  /** Where an event's delivery waits. */
  readonly lane: (payload: Event['payload']) => Lane;
}

/** One of several events that are delivered together. */
export interface Delivered<Event extends DomainEvent = DomainEvent> extends EventOf<Event> {
  /** Runs work of this event alone: in its school and its trace, on an EntityManager of its own. */
  within<T>(work: () => Promise<T>): Promise<T>;
}

/** By event: Postponed, or why it failed. What is not in it is done. */
export type Outcomes = ReadonlyMap<Id, Error>;

export interface HandlerRegistration {
  readonly name: string;
  readonly eventName: string;
  readonly mode: HandlerMode;
  readonly attempts: number;
  /** It gets a list of events, and not one. */
  readonly takesMany: boolean;
  readonly lane: (payload: never) => Lane;
}

export const handlerMetadataKey = 'outbox:handles';

const common = { attempts: 8, mode: 'transactional', takesMany: false, lane: (): Lane => 'main' } as const;

/** The method handles that event; a failure is retried with backoff. Stands above other decorators of the method. */
export function Handles<Event extends DomainEvent>(event: EventClass<Event>, options: HandlerOptions) {
  const mark = SetMetadata(handlerMetadataKey, { ...common, ...options, eventName: event.eventName });
  return <Run extends (event: EventOf<Event>) => Promise<unknown>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Run>,
  ): void => void mark(target, name, descriptor as PropertyDescriptor);
}

/**
 * The method handles many of that event at once, outside a transaction and across schools, and must stand a repeat. Each event ends
 * by its own outcome; when the method throws, they all have failed. Once the signal fires the process wants to stop: what is not
 * begun by then should be postponed.
 */
export function HandlesMany<Event extends DomainEvent>(event: EventClass<Event>, options: BatchOptions<Event>) {
  const registration: HandlerRegistration = {
    ...common,
    ...options,
    mode: 'external',
    takesMany: true,
    eventName: event.eventName,
  };
  const mark = SetMetadata(handlerMetadataKey, registration);
  return <Run extends (events: readonly Delivered<Event>[], stop: AbortSignal) => Promise<Outcomes>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Run>,
  ): void => void mark(target, name, descriptor as PropertyDescriptor);
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
