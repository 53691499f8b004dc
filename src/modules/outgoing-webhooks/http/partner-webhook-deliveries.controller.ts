import { Controller, Get, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPartner, type Partner } from '../../../platform/auth/actor.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { type PartnerName, Requires } from '../../identity/index.js';
import { inEndpointScope } from '../domain/endpoint-scope.js';
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

const subscribing = { name: 'partner-webhook-log', points: 240, seconds: 60, by: 'caller' } as const;

@Controller('partner/v1/webhook-deliveries')
@ApiTags('Partner API')
export class PartnerWebhookDeliveriesController {
  constructor(
    private readonly deliveries: DeliveryReader,
    private readonly replays: ReplayWebhooks,
  ) {}

  @Get()
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'listPartnerWebhookDeliveries',
    summary: 'List what was sent to your webhook endpoints',
    description:
      'The latest first, with what became of each. Old ones are forgotten after a month unless it is set otherwise.',
    ok: PageOf(WebhookDeliveryDto),
  })
  list(@CurrentPartner() { name }: Partner, @Query() query: WebhookDeliveryListQuery): Promise<Page<DeliveryView>> {
    return inEndpointScope(null, () => this.deliveries.list(query, name as PartnerName));
  }

  @Get(':webhookDeliveryId')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'getPartnerWebhookDelivery',
    summary: 'Read what was sent to one of your webhook endpoints',
    description: 'With the payload as it is signed.',
    ok: WebhookDeliveryDetailsDto,
    problems: [WebhookDeliveryNotFound],
  })
  get(@CurrentPartner() { name }: Partner, @IdParam('webhookDeliveryId') id: Id): Promise<DeliveryDetails> {
    return inEndpointScope(null, () => this.deliveries.get(id, name as PartnerName));
  }

  @Get(':webhookDeliveryId/attempts')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'listPartnerWebhookAttempts',
    summary: 'List the attempts of a delivery to you',
    description: 'The latest first.',
    ok: PageOf(WebhookAttemptDto),
    problems: [WebhookDeliveryNotFound],
  })
  attempts(
    @CurrentPartner() { name }: Partner,
    @IdParam('webhookDeliveryId') id: Id,
    @Query() query: WebhookAttemptListQuery,
  ): Promise<Page<AttemptView>> {
    return inEndpointScope(null, () => this.deliveries.attempts(id, query, name as PartnerName));
  }

  @Post(':webhookDeliveryId/replay')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'replayPartnerWebhookDelivery',
    summary: 'Send a delivery to you again',
    description: 'Whatever became of it, under the same id, with another three days of attempts.',
    ok: WebhookDeliveryDto,
    problems: [WebhookDeliveryNotFound, WebhookEndpointNotActive, WebhookEndpointNotFound],
  })
  replay(@CurrentPartner() { name }: Partner, @IdParam('webhookDeliveryId') id: Id): Promise<DeliveryView> {
    return inEndpointScope(null, () => this.replays.one(id, name as PartnerName));
  }
}
