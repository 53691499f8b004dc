import { Body, Controller, Get, Header, Headers, Post, Query, Redirect, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { RequiresPermission } from '../../auth/requires.js';
import { languageOf } from '../../http/language.js';
import { DeadLetters } from '../dead-letters.js';
import { DeliveryList } from '../delivery-list.js';
import { DeadLetterDto, RetryAllDto, RunScheduleDto } from '../http/operations.dto.js';
import { Overview } from '../overview.js';
import { ReplayWebhooks } from '../replay-webhooks.js';
import { RunSchedule } from '../run-schedule.js';
import { ScheduleList } from '../schedule-list.js';
import { WebhookList } from '../webhook-list.js';
import { deliveriesPage } from './deliveries.page.js';
import type { View } from './layout.js';
import { DeliveriesPageQuery, NoticeQuery, ReplayForm, WebhooksPageQuery } from './operations-pages.dto.js';
import { overviewPage } from './overview.page.js';
import { PageProblems } from './page-problems.filter.js';
import { schedulesPage } from './schedules.page.js';
import { isNotice, type Notice } from './texts.js';
import { webhooksPage } from './webhooks.page.js';

/** The operators' pages: plain HTML, each button a form. The cookie is same-site, and a form of another origin is refused. */
@Controller('ops')
@ApiExcludeController()
@RequiresPermission('ops.manage')
@UseFilters(PageProblems)
export class OperationsPagesController {
  constructor(
    private readonly overview: Overview,
    private readonly deliveries: DeliveryList,
    private readonly deadLetters: DeadLetters,
    private readonly schedules: ScheduleList,
    private readonly runSchedule: RunSchedule,
    private readonly webhooks: WebhookList,
    private readonly replayWebhooks: ReplayWebhooks,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  async showOverview(@Headers('accept-language') accepted: string | undefined): Promise<string> {
    return overviewPage(await this.overview.read(), { language: languageOf(accepted) });
  }

  @Get('deliveries')
  @Header('content-type', 'text/html; charset=utf-8')
  async showDeliveries(
    @Query() query: DeliveriesPageQuery,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<string> {
    return deliveriesPage(await this.deliveries.page(query), query, view(accepted, query));
  }

  @Post('deliveries/retry')
  @Redirect('/ops/deliveries?done=retried', 303)
  retry(@Body() letter: DeadLetterDto): Promise<void> {
    return this.deadLetters.retry(letter);
  }

  @Post('deliveries/retry-all')
  @Redirect('/ops/deliveries?done=all', 303)
  async retryAll(@Body() { handler }: RetryAllDto): Promise<void> {
    await this.deadLetters.retryAll(handler);
  }

  @Post('deliveries/discard')
  @Redirect('/ops/deliveries?done=discarded', 303)
  discard(@Body() letter: DeadLetterDto): Promise<void> {
    return this.deadLetters.discard(letter);
  }

  @Get('schedules')
  @Header('content-type', 'text/html; charset=utf-8')
  async showSchedules(
    @Query() query: NoticeQuery,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<string> {
    return schedulesPage(await this.schedules.all(), view(accepted, query));
  }

  @Post('schedules/run')
  @Redirect('/ops/schedules?done=run', 303)
  run(@Body() { name }: RunScheduleDto): Promise<void> {
    return this.runSchedule.execute(name);
  }

  @Get('webhooks')
  @Header('content-type', 'text/html; charset=utf-8')
  async showWebhooks(
    @Query() { done, ...asked }: WebhooksPageQuery,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<string> {
    return webhooksPage(await this.webhooks.page(asked), asked.state, view(accepted, { done }));
  }

  @Post('webhooks/replay')
  @Redirect('/ops/webhooks?done=replayed', 303)
  replay(@Body() { webhookId }: ReplayForm): Promise<void> {
    return this.replayWebhooks.one(webhookId);
  }
}

function view(accepted: string | undefined, { done }: NoticeQuery): View {
  const notice: Notice | undefined = isNotice(done) ? done : undefined;
  return { language: languageOf(accepted), notice };
}
