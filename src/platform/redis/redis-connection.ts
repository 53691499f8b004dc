import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RedisConfig } from '../database/database.config.js';
import { redisOptions } from './redis-options.js';

// Whoever is counted waits for it: what takes longer counts as away.
const milliseconds = 500;

/** The process's connection for what is counted in Redis; queues have their own. */
@Injectable()
export class RedisConnection implements OnApplicationShutdown {
  readonly client: Redis;

  constructor(config: RedisConfig) {
    this.client = new Redis({ ...redisOptions(config), lazyConnect: true, commandTimeout: milliseconds });
    const logger = new Logger('Redis');
    this.client.on('error', (error: Error) => logger.warn({ err: error }, 'Redis is away'));
    // Whoever asks before it is there is told so at once, like whoever asks while it is away.
    this.client.connect().catch(() => undefined);
  }

  onApplicationShutdown(): void {
    this.client.disconnect();
  }
}
