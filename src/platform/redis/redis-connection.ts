import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { RedisConfig } from '../database/database.config.js';
import { EndingRedis } from './ending-redis.js';
import { redisOptions } from './redis-options.js';

// Whoever is counted waits for it: what takes longer counts as away.
const milliseconds = 500;

/** The process's connection for what is counted in Redis; queues have their own. */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  readonly client: EndingRedis;

  constructor(config: RedisConfig) {
    this.client = new EndingRedis({ ...redisOptions(config), lazyConnect: true, commandTimeout: milliseconds });
    const logger = new Logger('Redis');
    this.client.on('error', (error: Error) => logger.warn({ err: error }, 'Redis is away'));
    // Whoever asks before it is there is told so at once, like whoever asks while it is away.
    this.client.connect().catch(() => undefined);
  }

  /** Asks once more when the answer was late although Redis is there: it may be this process that was busy. */
  async again<T>(ask: () => Promise<T>): Promise<T> {
    return ask().catch((error: unknown) => {
      const isLate = error instanceof Error && error.message === 'Command timed out';
      if (isLate && this.client.status === 'ready') return ask();
      throw error;
    });
  }

  onApplicationShutdown(): void {
    this.client.disconnect();
  }
}
