import { BullModule } from '@nestjs/bullmq';
import { Global, Module } from '@nestjs/common';
import { RedisConfig } from '../database/database.config.js';
import { redisOptions } from '../redis/redis-options.js';
import { RedisModule } from '../redis/redis.module.js';
import { Deliveries } from './deliveries.js';
import { HandlerRegistry } from './handler-registry.js';
import { OutboxMetrics } from './outbox-metrics.js';
import { Outbox } from './outbox.js';
import { lanes, queueOf } from './lanes.js';
import { Relay } from './relay.js';

/** Recording and relaying, in every process. Running the deliveries is the worker's: see JobsModule. */
@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      imports: [RedisModule],
      inject: [RedisConfig],
      useFactory: (config: RedisConfig) => ({
        connection: redisOptions(config),
        prefix: `${config.prefix}-queue`,
        defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
      }),
    }),
    BullModule.registerQueue(...lanes.map((lane) => ({ name: queueOf(lane) }))),
  ],
  providers: [HandlerRegistry, Deliveries, Relay, Outbox, OutboxMetrics],
  exports: [HandlerRegistry, Deliveries, Relay, Outbox, BullModule],
})
export class OutboxModule {}
