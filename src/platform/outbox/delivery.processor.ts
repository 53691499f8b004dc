import { OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import { type BeforeApplicationShutdown, Injectable, Logger, type Type } from '@nestjs/common';
import type { Job } from 'bullmq';
import { setTimeout as sleep } from 'node:timers/promises';
import { QueueRedis } from '../redis/queue-redis.js';
import type { Taken } from './deliveries.js';
import { DeliveryRuns } from './delivery-runs.js';
import { type Lane, laneLimits, lanes, queueOf } from './lanes.js';

/** How soon BullMQ gives a job that a dead process has begun to another; not the effect hangs on it, only how soon it comes. */
const takenOver = { lockDuration: 15_000, stalledInterval: 5_000 };

const restMs = 1_000;

/** Runs the jobs of one lane. BullMQ itself retries nothing: what became of a delivery stands in SQL. */
@Injectable()
abstract class DeliveryProcessor extends WorkerHost implements BeforeApplicationShutdown {
  private readonly logger = new Logger(DeliveryProcessor.name);
  private readonly stopping = new AbortController();
  private readonly inHand = new Set<Promise<void>>();
  private resting = false;

  constructor(
    private readonly runs: DeliveryRuns,
    private readonly redis: QueueRedis,
  ) {
    super();
  }

  process({ data }: Job<Taken>): Promise<void> {
    const run = this.runs.execute(data, this.stopping.signal).finally(() => this.inHand.delete(run));
    this.inHand.add(run);
    return run;
  }

  // Redis went away or forgot a job; what it held comes due again.
  @OnWorkerEvent('error')
  onError(error: Error): void {
    if (this.resting || this.stopping.signal.aborted) return;
    this.logger.warn(`the queue worker reports: ${error.message}`);
    void this.rest();
  }

  /** BullMQ would ask a Redis that is away again at once, for ever. What runs goes on. */
  private async rest(): Promise<void> {
    this.resting = true;
    await this.worker.pause(true);
    await sleep(restMs, undefined, { ref: false });
    this.resting = false;
    if (!this.stopping.signal.aborted) await this.worker.resume();
  }

  /** Waits for what is running, while everything that it needs is still there. */
  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    const closed = this.worker.close();
    await Promise.allSettled(this.inHand);
    await this.redis.untilTold(closed);
  }
}

function processorOf(lane: Lane): Type<DeliveryProcessor> {
  @Processor(queueOf(lane), { concurrency: laneLimits[lane].running, ...takenOver, maxStalledCount: 10 })
  class LaneProcessor extends DeliveryProcessor {}
  return LaneProcessor;
}

export const deliveryProcessors = lanes.map(processorOf);
