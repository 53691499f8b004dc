import { Module } from '@nestjs/common';
import { ScheduleModule } from '@nestjs/schedule';
import { DeliveryRuns } from '../outbox/delivery-runs.js';
import { deliveryProcessors } from '../outbox/delivery.processor.js';
import { ScheduleMetrics } from '../schedules/schedule-metrics.js';
import { ScheduleRunner } from '../schedules/schedule-runner.js';
import { OutboxHousekeeping } from './outbox-housekeeping.js';

/** What a worker does: runs deliveries and schedules. A process that only answers HTTP leaves it out. */
@Module({
  imports: [ScheduleModule.forRoot()],
  providers: [DeliveryRuns, ...deliveryProcessors, ScheduleRunner, ScheduleMetrics, OutboxHousekeeping],
  exports: [ScheduleRunner],
})
export class JobsModule {}
