import { EntityManager } from '@mikro-orm/mysql';
import { Injectable } from '@nestjs/common';
import type { ReadinessDto } from './health.dto.js';
import { QueueDirectory } from './queue-directory.js';
import { Readiness } from './readiness.js';

const patienceMs = 2_000;

/** Looks at what the process depends on. */
@Injectable()
export class Health {
  constructor(
    private readonly em: EntityManager,
    private readonly queues: QueueDirectory,
    private readonly readiness: Readiness,
  ) {}

  /** Redis alone being away does not make it unavailable: the work waits in SQL. */
  async ready(): Promise<ReadinessDto> {
    const [database, redis] = await Promise.all([
      answers(() => this.em.getConnection().execute('SELECT 1')),
      // Counting is a round trip on the connection that jobs go by.
      answers(() => Promise.all(this.queues.all().map((queue) => queue.getWaitingCount()))),
    ]);
    const accepting = !this.readiness.isDraining;
    return {
      status: !database || !accepting ? 'unavailable' : redis ? 'ok' : 'degraded',
      checks: { database: state(database), redis: state(redis), accepting: state(accepting) },
    };
  }
}

function state(up: boolean): 'up' | 'down' {
  return up ? 'up' : 'down';
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([ask().then(() => true), tooLate]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
