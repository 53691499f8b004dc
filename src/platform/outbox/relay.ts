import { InjectQueue } from '@nestjs/bullmq';
import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageWithoutPersons } from '../observability/redaction.js';
import { untraced } from '../observability/tracing/spans.js';
import { Deliveries, type Taken } from './deliveries.js';

export const outboxQueue = 'outbox';
const batchSize = 100;
const burstMs = 25;

/** Moves due deliveries from SQL into the queue: the only code that adds to it. Redis may lose them; they come due again. */
@Injectable()
export class Relay implements BeforeApplicationShutdown {
  private readonly logger = new Logger(Relay.name);
  private running: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;

  constructor(
    private readonly deliveries: Deliveries,
    @InjectQueue(outboxQueue) private readonly queue: Queue<Taken>,
  ) {
    queue.on('error', (error) => this.logger.warn(`the queue reports: ${error.message}`));
  }

  /** Something may be due: looks soon, once, however often it is called. */
  wake(): void {
    this.wanted = true;
    if (this.running || this.stopped) return;
    // On behalf of all who committed, not only of the first.
    this.running = untraced(() => this.runWhileWanted()).finally(() => {
      this.running = null;
      if (this.wanted) this.wake();
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async runWhileWanted(): Promise<void> {
    while (this.wanted && !this.stopped) {
      // A burst of commits is one look: a busy process would look after each of them otherwise.
      await sleep(burstMs);
      this.wanted = false;
      try {
        const moved = await this.moveBatch();
        this.wanted ||= moved === batchSize;
      } catch (error) {
        // What was leased comes due again; the next tick looks once more.
        this.logger.warn(`deliveries were not enqueued: ${messageWithoutPersons(error as Error)}`);
        return;
      }
    }
  }

  private async moveBatch(): Promise<number> {
    const taken = await this.deliveries.lease(batchSize);
    if (taken.length > 0) {
      await this.queue.addBulk(taken.map((data) => ({ name: data.handler, data, opts: { jobId: jobId(data) } })));
    }
    return taken.length;
  }
}

/** Of the attempt too: a delivery that is due again at once is not taken for the one that is just ending. */
function jobId({ eventId, handler, attempt }: Taken): string {
  return `${eventId}-${handler}-${attempt}`;
}
