import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import type { DomainEvent, EventOf } from './event.js';
import { type Delivered, handlerMetadataKey, type HandlerRegistration, type Outcomes } from './handles.js';

type RunOne = (event: EventOf<DomainEvent>) => Promise<unknown>;
type RunMany = (events: readonly Delivered[], stop: AbortSignal) => Promise<Outcomes>;

export type HandlerOfOne = HandlerRegistration & { readonly takesMany: false; readonly run: RunOne };
export type HandlerOfMany = HandlerRegistration & { readonly takesMany: true; readonly run: RunMany };
export type Handler = HandlerOfOne | HandlerOfMany;

/** Every method with @Handles or @HandlesMany, by its own name and by its event's. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  private readonly byName = new Map<string, Handler>();
  private readonly byEvent = new Map<string, Handler[]>();

  constructor(private readonly methods: DecoratedMethods) {}

  onModuleInit(): void {
    for (const { options, call } of this.methods.find<HandlerRegistration, RunOne & RunMany>(handlerMetadataKey)) {
      this.register({ ...options, run: call });
    }
  }

  named(name: string): Handler | undefined {
    return this.byName.get(name);
  }

  of(eventName: string): readonly Handler[] {
    return this.byEvent.get(eventName) ?? [];
  }

  private register(handler: Handler): void {
    if (this.byName.has(handler.name)) throw new Error(`two handlers are named ${handler.name}`);
    this.byName.set(handler.name, handler);
    this.byEvent.set(handler.eventName, [...this.of(handler.eventName), handler]);
  }
}
