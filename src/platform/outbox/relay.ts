import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { LaneRelay } from './lane-relay.js';
import { type Lane, lanes } from './lanes.js';

/** Moves due deliveries from SQL into the queues: the only code that adds to them. Redis may lose them; they come due again. */
export class Relay implements BeforeApplicationShutdown {
  private readonly relays: ReadonlyMap<Lane, LaneRelay>;

  constructor(relays: readonly LaneRelay[]) {
    this.relays = new Map(relays.map((relay) => [relay.lane, relay]));
  }

  /** Something may be due in these lanes: looks soon, once, however often it is called. */
  wake(which: Iterable<Lane> = lanes): void {
    for (const lane of which) this.relays.get(lane)!.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.relays.values()].map((relay) => relay.stop()));
  }
}
