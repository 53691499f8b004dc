import { Logger } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageWithoutPersons } from '../observability/redaction.js';
import { untraced } from '../observability/tracing/spans.js';
import type { QueueRedis } from '../redis/queue-redis.js';
import { inParts } from '../values/in-parts.js';
import type { Deliveries, Taken, TakenDelivery } from './deliveries.js';
import type { HandlerRegistry } from './handler-registry.js';
import { type Lane, laneLimits } from './lanes.js';

const takenAtOnce = 500;
const burstMs = 25;
/** Deliveries of one job whose handler gets them one after the other. */
const inTurn = 20;

/** Moves the due deliveries of one lane from SQL into its queue. */
export class LaneRelay {
  private readonly logger = new Logger(LaneRelay.name);
  private running: Promise<void> | null = null;
  private wanted = false;
  private stopped = false;

  constructor(
    readonly lane: Lane,
    private readonly queue: Queue<Taken>,
    private readonly redis: QueueRedis,
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
    if (this.running) await this.redis.untilTold(this.running);
  }

  private async runWhileWanted(): Promise<void> {
    let isMoreDue = false;
    while (this.wanted && !this.stopped) {
      // A burst of commits is one look: a busy process would look after each of them otherwise. What is known to be due waits for none.
      if (!isMoreDue) await sleep(burstMs);
      this.wanted = false;
      isMoreDue = false;
      try {
        const isFull = (await this.queue.getWaitingCount()) >= laneLimits[this.lane].waiting;
        isMoreDue = !isFull && (await this.move()) === takenAtOnce;
        this.wanted ||= isFull || isMoreDue;
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
      return this.parts(handler, deliveries).map((part) => ({
        name: handler,
        data: { handler, deliveries: part },
        opts: { jobId: jobId(handler, part) },
      }));
    });
    if (jobs.length > 0) await this.queue.addBulk(jobs);
    return due.length;
  }

  /** A handler's deliveries as jobs. Where many wait, each job costs more than what is done by it. */
  private parts(handler: string, due: readonly TakenDelivery[]): TakenDelivery[][] {
    const { takesMany, mode } = this.handlers.named(handler) ?? {};
    const { together, running } = laneLimits[this.lane];
    if (takesMany) return inParts(due, together);
    // Somebody outside may be slow, and would hold up the others.
    if (mode !== 'transactional') return inParts(due, 1);
    const fresh = due.filter(({ attempt }) => attempt === 0);
    // One that was begun may be what its process died of: it takes no other with it again.
    const begun = due.filter(({ attempt }) => attempt > 0);
    return [...inParts(fresh, Math.min(Math.ceil(fresh.length / running), inTurn)), ...inParts(begun, 1)];
  }
}

/** Of the attempt too: a delivery that is due again at once is not taken for the one that is just ending. */
function jobId(handler: string, deliveries: Taken['deliveries']): string {
  const { eventId, attempt } = deliveries[0]!;
  return `${eventId}-${handler}-${attempt}`;
}
