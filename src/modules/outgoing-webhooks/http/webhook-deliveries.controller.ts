import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
import {
  WebhookDeliveryNotFound,
  WebhookEndpointNotActive,
  WebhookEndpointNotFound,
} from '../domain/webhook-problems.js';
import {
  type AttemptView,
  type DeliveryDetails,
  DeliveryReader,
  type DeliveryView,
} from '../queries/delivery-reader.js';
import { ReplayWebhooks } from '../use-cases/replay-webhooks.js';
import {
  WebhookAttemptDto,
  WebhookAttemptListQuery,
  WebhookDeliveryDetailsDto,
  WebhookDeliveryDto,
  WebhookDeliveryListQuery,
} from './webhook-delivery.dto.js';

@Controller('v1/schools/:schoolId/webhook-deliveries')
@ApiTags('Webhook endpoints')
export class WebhookDeliveriesController {
  constructor(
    private readonly deliveries: DeliveryReader,
    private readonly replays: ReplayWebhooks,
  ) {}

  @Get()
  @Requires('webhook.read')
  @Operation({
    id: 'listWebhookDeliveries',
    summary: 'List what was sent to the school’s webhook endpoints',
    description:
      'The latest first, with what became of each. Old ones are forgotten after a month unless it is set otherwise.',
    ok: PageOf(WebhookDeliveryDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: WebhookDeliveryListQuery): Promise<Page<DeliveryView>> {
    return this.deliveries.list(query);
  }

  @Get(':webhookDeliveryId')
  @Requires('webhook.read')
  @Operation({
    id: 'getWebhookDelivery',
    summary: 'Read what was sent to a webhook endpoint',
    description: 'With the payload as it is signed.',
    ok: WebhookDeliveryDetailsDto,
    problems: [WebhookDeliveryNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookDeliveryId') id: Id): Promise<DeliveryDetails> {
    return this.deliveries.get(id);
  }

  @Get(':webhookDeliveryId/attempts')
  @Requires('webhook.read')
  @Operation({
    id: 'listWebhookAttempts',
    summary: 'List the attempts of a webhook delivery',
    description: 'The latest first.',
    ok: PageOf(WebhookAttemptDto),
    problems: [WebhookDeliveryNotFound],
  })
  attempts(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('webhookDeliveryId') id: Id,
    @Query() query: WebhookAttemptListQuery,
  ): Promise<Page<AttemptView>> {
    return this.deliveries.attempts(id, query);
  }

  @Post(':webhookDeliveryId/replay')
  @Requires('webhook.manage')
  @Operation({
    id: 'replayWebhookDelivery',
    summary: 'Send a webhook delivery again',
    description: 'Whatever became of it, under the same id, with another three days of attempts.',
    ok: WebhookDeliveryDto,
    problems: [WebhookDeliveryNotFound, WebhookEndpointNotActive, WebhookEndpointNotFound],
  })
  replay(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookDeliveryId') id: Id): Promise<DeliveryView> {
    return this.replays.one(id);
  }
}
