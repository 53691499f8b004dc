import { Injectable } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { QueueDirectory } from '../queue-directory.js';
import { Measures, type Reading, type Readings } from './measures.js';

const states = ['waiting', 'active', 'delayed', 'failed'] as const;

/** What stands in Redis. It is the fast path alone: with Redis away these are missing, and the outbox tells how much waits. */
@Injectable()
export class QueueMetrics {
  constructor(private readonly queues: QueueDirectory) {}

  @Measures(
    { name: 'queue_jobs', help: 'Jobs in Redis.', labels: ['queue', 'state'] },
    { name: 'queue_oldest_waiting_seconds', help: 'Since when the oldest waiting job waits.', labels: ['queue'] },
  )
  async read(): Promise<Readings> {
    const queues = this.queues.all();
    return {
      queue_jobs: (await Promise.all(queues.map(countsOf))).flat(),
      queue_oldest_waiting_seconds: await Promise.all(queues.map(oldestOf)),
    };
  }

  @Measures({ name: 'queue_workers', help: 'Processes that take jobs from the queue.', labels: ['queue'] })
  async workers(): Promise<Readings> {
    return { queue_workers: await Promise.all(this.queues.all().map(workersOf)) };
  }
}

async function workersOf(queue: Queue): Promise<Reading> {
  return { labels: { queue: queue.name }, value: await queue.getWorkersCount() };
}

async function countsOf(queue: Queue): Promise<Reading[]> {
  const counts = await queue.getJobCounts(...states);
  return states.map((state) => ({ labels: { queue: queue.name, state }, value: counts[state] ?? 0 }));
}

async function oldestOf(queue: Queue): Promise<Reading> {
  const [oldest] = await queue.getJobs('waiting', 0, 0, true);
  // By the wall clock, as BullMQ stamps it.
  return { labels: { queue: queue.name }, value: oldest ? Math.max(0, Date.now() - oldest.timestamp) / 1_000 : 0 };
}
