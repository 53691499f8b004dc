import { getQueueToken } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { Queue } from 'bullmq';
import { Deliveries, type Taken } from './deliveries.js';
import { HandlerRegistry } from './handler-registry.js';
import { LaneRelay } from './lane-relay.js';
import { type Lane, lanes, queueOf } from './lanes.js';

/** Moves due deliveries from SQL into the queues: the only code that adds to them. Redis may lose them; they come due again. */
@Injectable()
export class Relay implements BeforeApplicationShutdown {
  private readonly relays: ReadonlyMap<Lane, LaneRelay>;

  constructor(deliveries: Deliveries, handlers: HandlerRegistry, modules: ModuleRef) {
    this.relays = new Map(
      lanes.map((lane) => {
        const queue = modules.get<Queue<Taken>>(getQueueToken(queueOf(lane)));
        return [lane, new LaneRelay(lane, queue, deliveries, handlers)];
      }),
    );
  }

  /** Something may be due in these lanes: looks soon, once, however often it is called. */
  wake(which: Iterable<Lane> = lanes): void {
    for (const lane of which) this.relays.get(lane)!.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.stop()));
  }
}
