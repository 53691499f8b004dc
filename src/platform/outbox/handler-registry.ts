import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DecoratedMethods } from '../discovery/decorated-methods.js';
import type { DomainEvent, EventOf } from './event.js';
import { handlerMetadataKey, type HandlerRegistration } from './handles.js';

type Run = (event: EventOf<DomainEvent>) => Promise<unknown>;

export interface Handler extends HandlerRegistration {
  readonly run: Run;
}

/** Every method with @Handles, by its own name and by its event's. */
@Injectable()
export class HandlerRegistry implements OnModuleInit {
  private readonly byName = new Map<string, Handler>();
  private readonly byEvent = new Map<string, Handler[]>();

  constructor(private readonly methods: DecoratedMethods) {}

  onModuleInit(): void {
    for (const { options, call } of this.methods.find<HandlerRegistration, Run>(handlerMetadataKey)) {
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
