import { Module } from '@nestjs/common';
import { DeadLetters } from './dead-letters.js';
import { DeliveryList } from './delivery-list.js';
import { DeliveriesController } from './http/deliveries.controller.js';
import { OperationsController } from './http/operations.controller.js';
import { Overview } from './overview.js';
import { OperationsPagesController } from './pages/operations-pages.controller.js';
import { ReplayWebhooks } from './replay-webhooks.js';
import { RunSchedule } from './run-schedule.js';
import { ScheduleList } from './schedule-list.js';
import { WebhookList } from './webhook-list.js';

/** What an operator sees and does: over the API, on the pages under /ops, and from the command line. */
@Module({
  controllers: [DeliveriesController, OperationsController, OperationsPagesController],
  providers: [DeadLetters, DeliveryList, Overview, ReplayWebhooks, RunSchedule, ScheduleList, WebhookList],
})
export class OperationsModule {}
