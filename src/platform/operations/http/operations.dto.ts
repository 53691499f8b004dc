import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  TextField,
  TextListField,
} from '../../http/fields.js';
import { ListQuery } from '../../http/list-query.js';
import { PageQuery } from '../../http/paging.js';
import type { Id } from '../../values/id.js';
import { type WebhookState, webhookStates } from '../../webhooks/webhook-event.js';
import { type ListedState, listedStates } from '../delivery-list.js';
import { webhookList } from '../webhook-list.js';

const handler = { description: 'The handler’s name.', example: 'notifications.lesson-booked', max: 100 };
const schedule = { description: 'Its name.', example: 'notifications.reminders', max: 100 };
const maximum = 2_147_483_647;
const upOrDown = ['up', 'down'] as const;

export class OverviewDto {
  @EnumField(['ok', 'degraded', 'unavailable'], { description: 'As /health/ready says it.', example: 'ok' })
  status: 'ok' | 'degraded' | 'unavailable';

  @EnumField(upOrDown, { description: 'The database answers.', example: 'up' })
  database: 'up' | 'down';

  @EnumField(upOrDown, { description: 'Redis answers.', example: 'up' })
  redis: 'up' | 'down';

  @IntField({ description: 'Deliveries that were given up.', example: 0, min: 0, max: maximum })
  deadLetters: number;

  @IntField({ description: 'Deliveries whose time has come.', example: 3, min: 0, max: maximum })
  waitingDeliveries: number;

  @InstantField({ description: 'Since when the oldest of them waits.', example: null, nullable: true })
  oldestWaiting: Date | null;

  @IntField({ description: 'Webhooks that are stored and not acted on yet.', example: 0, min: 0, max: maximum })
  unprocessedWebhooks: number;

  @InstantField({ description: 'When the oldest of them came.', example: null, nullable: true })
  oldestUnprocessedWebhook: Date | null;

  @TextListField({
    description: 'Schedules whose time has come and that no worker has taken.',
    example: ['notifications.reminders'],
  })
  overdueSchedules: string[];

  @TextListField({ description: 'Schedules whose last run failed.', example: ['finance.reconcile-payments'] })
  failedSchedules: string[];
}

export class DeliveryListQuery extends PageQuery {
  @EnumField(listedStates, {
    description: 'dead: given up; open: waiting, running or to be tried again.',
    example: 'dead',
    default: 'dead',
    optional: true,
  })
  state: ListedState = 'dead';

  @TextField({ ...handler, description: 'Only those of this handler.', optional: true })
  handler?: string;
}

export class DeadLetterDto {
  @IdField({ description: 'Id of the event.' })
  eventId: Id;

  @TextField(handler)
  handler: string;
}

export class DeliveryDto extends DeadLetterDto {
  @TextField({ description: 'The event’s name.', example: 'bookings.lesson_booked' })
  event: string;

  @IdField({ description: 'The school it happened in.', nullable: true })
  schoolId: Id | null;

  @EnumField(listedStates, { description: 'What became of it.', example: 'dead' })
  state: ListedState;

  @InstantField({ description: 'When the event happened.', example: '2026-11-21T09:00:00.000Z' })
  occurredAt: Date;

  @InstantField({ description: 'When it is, or would be, tried next.', example: '2026-11-21T09:04:00.000Z' })
  dueAt: Date;

  @IntField({ description: 'How often it has failed.', example: 8, min: 0, max: maximum })
  failures: number;

  @TextField({
    description: 'What it failed with last, without names and addresses.',
    example: 'ProviderTimeout: twilio: send',
    max: 500,
    nullable: true,
  })
  lastError: string | null;
}

export class RetryAllDto {
  @TextField({ ...handler, description: 'Only those of this handler; all when left out.', optional: true })
  handler?: string;
}

export class RetriedDto {
  @IntField({ description: 'How many are tried again.', example: 12, min: 0, max: maximum })
  retried: number;
}

export class ScheduleDto {
  @TextField(schedule)
  name: string;

  @InstantField({ description: 'When it runs next.', example: '2026-11-21T09:00:20.000Z' })
  nextRunAt: Date;

  @InstantField({ description: 'When it last began.', example: '2026-11-21T09:00:00.000Z', nullable: true })
  lastStartedAt: Date | null;

  @InstantField({ description: 'When it last ended.', example: '2026-11-21T09:00:00.200Z', nullable: true })
  lastFinishedAt: Date | null;

  @TextField({ description: 'What its last run failed with.', example: null, max: 500, nullable: true })
  lastError: string | null;

  @BoolField({ description: 'Its time has come, and no worker has taken it.', example: false })
  isOverdue: boolean;
}

export class ScheduleListDto {
  @ListField(() => ScheduleDto, { description: 'Every schedule, by name.' })
  items: ScheduleDto[];
}

export class RunScheduleDto {
  @TextField(schedule)
  name: string;
}

export class WebhookListQuery extends ListQuery(webhookList) {
  @EnumField(webhookStates, {
    description: 'received: not acted on yet; processed; ignored: nothing in it was for us.',
    example: 'received',
    optional: true,
  })
  state?: WebhookState;
}

export class WebhookDto {
  @IdField({ description: 'Its id here.' })
  id: Id;

  @TextField({ description: 'Who sent it.', example: 'stripe' })
  provider: string;

  @TextField({ description: 'The provider’s word for what happened.', example: 'checkout.session.completed' })
  kind: string;

  @EnumField(webhookStates, { description: 'What became of it.', example: 'processed' })
  state: WebhookState;

  @InstantField({ description: 'When it came.', example: '2026-11-21T09:00:00.000Z' })
  receivedAt: Date;

  @InstantField({ description: 'When it was acted on.', example: '2026-11-21T09:00:00.200Z', nullable: true })
  processedAt: Date | null;
}
