import { Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageWithoutPersons } from '../observability/redaction.js';
import { untraced } from '../observability/tracing/spans.js';
import type { Deliveries, Taken } from './deliveries.js';
import type { HandlerRegistry } from './handler-registry.js';
import { type Lane, laneLimits } from './lanes.js';

const takenAtOnce = 500;
const burstMs = 25;
const fullMs = 100;

/** Moves the due deliveries of one lane from SQL into its queue. */
export class LaneRelay {
  private readonly logger = new Logger(LaneRelay.name);
  private running: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;

  constructor(
    readonly lane: Lane,
    private readonly queue: Queue<Taken>,
    private readonly deliveries: Deliveries,
    private readonly handlers: HandlerRegistry,
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

  async stop(): Promise<void> {
    this.stopped = true;
    await this.running;
  }

  private async runWhileWanted(): Promise<void> {
    let pauseMs = burstMs;
    while (this.wanted && !this.stopped) {
      // A burst of commits is one look: a busy process would look after each of them otherwise.
      await sleep(pauseMs);
      this.wanted = false;
      try {
        const isFull = (await this.queue.getWaitingCount()) >= laneLimits[this.lane].waiting;
        this.wanted ||= isFull || (await this.move()) === takenAtOnce;
        pauseMs = isFull ? fullMs : burstMs;
      } catch (error) {
        // What was leased comes due again; the next tick looks once more.
        this.logger.warn(`deliveries were not enqueued: ${messageWithoutPersons(error as Error)}`);
        return;
      }
    }
  }

  private async move(): Promise<number> {
    const due = await this.deliveries.lease(this.lane, takenAtOnce);
    const jobs = [...Map.groupBy(due, ({ handler }) => handler)].flatMap(([handler, its]) => {
      const deliveries = its.map(({ eventId, attempt }) => ({ eventId, attempt }));
      return inParts(deliveries, this.handlers.named(handler)?.batch ?? 1).map((part) => ({
        name: handler,
        data: { handler, deliveries: part },
        opts: { jobId: jobId(handler, part) },
      }));
    });
    if (jobs.length > 0) await this.queue.addBulk(jobs);
    return due.length;
  }
}

function inParts<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}

/** Of the attempt too: a delivery that is due again at once is not taken for the one that is just ending. */
function jobId(handler: string, deliveries: Taken['deliveries']): string {
  const { eventId, attempt } = deliveries[0]!;
  return `${eventId}-${handler}-${attempt}`;
}
