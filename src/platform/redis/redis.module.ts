import { type FactoryProvider, Global, Module } from '@nestjs/common';
import { configProvider } from '../config/config.module.js';
import { RedisConfig } from '../database/database.config.js';
import { QueueRedis } from './queue-redis.js';
import { RedisConnection } from './redis-connection.js';
import { redisOptions } from './redis-options.js';

const queueRedis: FactoryProvider<QueueRedis> = {
  provide: QueueRedis,
  inject: [RedisConfig],
  useFactory: (config: RedisConfig) => new QueueRedis(redisOptions(config)),
};

@Global()
@Module({
  providers: [configProvider(RedisConfig), RedisConnection, queueRedis],
  exports: [RedisConfig, RedisConnection, QueueRedis],
})
export class RedisModule {}
