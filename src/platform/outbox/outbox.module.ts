import { BullModule, getQueueToken } from '@nestjs/bullmq';
import { type FactoryProvider, Global, Module } from '@nestjs/common';
import type { Queue } from 'bullmq';
import { RedisConfig } from '../database/database.config.js';
import { QueueRedis } from '../redis/queue-redis.js';
import { RedisModule } from '../redis/redis.module.js';
import { DeadDeliveries } from './dead-deliveries.js';
import { Deliveries, type Taken } from './deliveries.js';
import { HandlerRegistry } from './handler-registry.js';
import { OutboxMetrics } from './outbox-metrics.js';
import { Outbox } from './outbox.js';
import { LaneRelay } from './lane-relay.js';
import { lanes, queueOf } from './lanes.js';
import { Relay } from './relay.js';

const relay: FactoryProvider<Relay> = {
  provide: Relay,
  inject: [Deliveries, HandlerRegistry, QueueRedis, ...lanes.map((lane) => getQueueToken(queueOf(lane)))],
  useFactory: (deliveries: Deliveries, handlers: HandlerRegistry, redis: QueueRedis, ...queues: Queue<Taken>[]) =>
    new Relay(lanes.map((lane, index) => new LaneRelay(lane, queues[index]!, redis, deliveries, handlers))),
};

/** Recording and relaying, in every process. Running the deliveries is the worker's: see JobsModule. */
@Global()
@Module({
  imports: [
    BullModule.forRootAsync({
      imports: [RedisModule],
      inject: [RedisConfig, QueueRedis],
      useFactory: (config: RedisConfig, connection: QueueRedis) => ({
        connection,
        prefix: `${config.prefix}-queue`,
        defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
      }),
    }),
    BullModule.registerQueue(...lanes.map((lane) => ({ name: queueOf(lane) }))),
  ],
  providers: [HandlerRegistry, DeadDeliveries, Deliveries, relay, Outbox, OutboxMetrics],
  exports: [HandlerRegistry, DeadDeliveries, Deliveries, Relay, Outbox, BullModule],
})
export class OutboxModule {}
