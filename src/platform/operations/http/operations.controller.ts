import { Body, Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { RequiresPermission } from '../../auth/requires.js';
import { Operation } from '../../http/operation.js';
import { type Page, PageOf } from '../../http/paging.js';
import { IdParam } from '../../http/params.js';
import type { Id } from '../../values/id.js';
import { ScheduleNotFound, ScheduleRunning, WebhookNotFound } from '../operations-problems.js';
import { Overview, type OverviewView } from '../overview.js';
import { ReplayWebhooks } from '../replay-webhooks.js';
import { RunSchedule } from '../run-schedule.js';
import { ScheduleList } from '../schedule-list.js';
import { WebhookList, type WebhookRow } from '../webhook-list.js';
import { OverviewDto, RunScheduleDto, ScheduleListDto, WebhookDto, WebhookListQuery } from './operations.dto.js';

@Controller('v1/ops')
@ApiTags('Operations')
export class OperationsController {
  constructor(
    private readonly overview: Overview,
    private readonly schedules: ScheduleList,
    private readonly runSchedule: RunSchedule,
    private readonly webhooks: WebhookList,
    private readonly replayWebhooks: ReplayWebhooks,
  ) {}

  @Get('overview')
  @RequiresPermission('ops.read')
  @Operation({
    id: 'getOperationsOverview',
    summary: 'See at a glance whether anything needs a hand',
    description: 'What is down, dead, late or failed. The same as the page /ops.',
    ok: OverviewDto,
  })
  read(): Promise<OverviewView> {
    return this.overview.read();
  }

  @Get('schedules')
  @RequiresPermission('ops.read')
  @Operation({
    id: 'listSchedules',
    summary: 'List the schedules, with their last and next run',
    description: 'Every schedule, by name. One that is overdue has found no worker.',
    ok: ScheduleListDto,
  })
  async listSchedules(): Promise<ScheduleListDto> {
    return { items: await this.schedules.all() };
  }

  @Post('schedules/run')
  @RequiresPermission('ops.manage')
  @Operation({
    id: 'runSchedule',
    summary: 'Run a schedule now',
    description:
      'Makes it due: a worker takes it within a second or two, as it takes any. Its next run follows from there.',
    status: 202,
    problems: [ScheduleNotFound, ScheduleRunning],
  })
  run(@Body() { name }: RunScheduleDto): Promise<void> {
    return this.runSchedule.execute(name);
  }

  @Get('webhooks')
  @RequiresPermission('ops.read')
  @Operation({
    id: 'listWebhooks',
    summary: 'List what providers told us, newest first',
    description: 'Of the last month, without the providers’ words: they may name people.',
    ok: PageOf(WebhookDto),
  })
  listWebhooks(@Query() query: WebhookListQuery): Promise<Page<WebhookRow>> {
    return this.webhooks.page(query);
  }

  @Post('webhooks/:webhookId/replay')
  @RequiresPermission('ops.manage')
  @Operation({
    id: 'replayWebhook',
    summary: 'Act on a stored webhook once more',
    description: 'As if it had just come. Acting twice on one changes nothing.',
    status: 202,
    problems: [WebhookNotFound],
  })
  replay(@IdParam('webhookId') webhookId: Id): Promise<void> {
    return this.replayWebhooks.one(webhookId);
  }
}
