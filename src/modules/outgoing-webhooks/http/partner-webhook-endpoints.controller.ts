import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { CurrentPartner, type Partner } from '../../../platform/auth/actor.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { type PartnerName, Requires } from '../../identity/index.js';
import { inEndpointScope } from '../domain/endpoint-scope.js';
import {
  TooManyWebhookEndpoints,
  WebhookAddressRefused,
  WebhookEndpointNotActive,
  WebhookEndpointNotFound,
} from '../domain/webhook-problems.js';
import type { DeliveryView } from '../queries/delivery-reader.js';
import { EndpointReader, type EndpointView } from '../queries/endpoint-reader.js';
import { type EndpointWithSecret, ManageEndpoints, MOST_ENDPOINTS } from '../use-cases/manage-endpoints.js';
import { ReplayWebhooks } from '../use-cases/replay-webhooks.js';
import { WebhookDeliveryDto } from './webhook-delivery.dto.js';
import {
  ChangeWebhookEndpointDto,
  CreateWebhookEndpointDto,
  ReplayedWebhooksDto,
  ReplayFailedWebhooksDto,
  WebhookEndpointDto,
  WebhookEndpointListQuery,
  WebhookEndpointWithSecretDto,
} from './webhook-endpoint.dto.js';

const subscribing = { name: 'partner-webhooks', points: 240, seconds: 60, by: 'caller' } as const;

@Controller('partner/v1/webhook-endpoints')
@ApiTags('Partner API')
export class PartnerWebhookEndpointsController {
  constructor(
    private readonly manage: ManageEndpoints,
    private readonly replays: ReplayWebhooks,
    private readonly endpoints: EndpointReader,
  ) {}

  @Post()
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'createPartnerWebhookEndpoint',
    summary: 'Subscribe an address to what happens in schools',
    description:
      'It hears of the leads you sent, and of all else in the schools that let you. Each event is posted as JSON with the signature ' +
      'headers of Standard Webhooks, and again with growing pauses for three days until a 2xx is answered. The secret is in this answer alone.',
    ok: WebhookEndpointWithSecretDto,
    status: 201,
    problems: [WebhookAddressRefused, new TooManyWebhookEndpoints(MOST_ENDPOINTS)],
  })
  create(
    @CurrentPartner() { name, keyId }: Partner,
    @Body() body: CreateWebhookEndpointDto,
  ): Promise<EndpointWithSecret> {
    const creator = { schoolId: null, partner: name as PartnerName, createdBy: keyId };
    return ofPartner(() => this.manage.create(creator, body));
  }

  @Get()
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'listPartnerWebhookEndpoints',
    summary: 'List your webhook endpoints',
    description: 'With how they are doing; never with their secrets.',
    ok: PageOf(WebhookEndpointDto),
  })
  list(@CurrentPartner() { name }: Partner, @Query() query: WebhookEndpointListQuery): Promise<Page<EndpointView>> {
    return ofPartner(() => this.endpoints.list(query, name as PartnerName));
  }

  @Get(':webhookEndpointId')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'getPartnerWebhookEndpoint',
    summary: 'Read one of your webhook endpoints',
    description: 'With how it is doing; never with its secrets.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound],
  })
  get(@CurrentPartner() { name }: Partner, @IdParam('webhookEndpointId') id: Id): Promise<EndpointView> {
    return ofPartner(() => this.endpoints.get(id, name as PartnerName));
  }

  @Patch(':webhookEndpointId')
  @Conditional()
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'updatePartnerWebhookEndpoint',
    summary: 'Change one of your webhook endpoints',
    description: 'Fields left out stay as they are. What waits already goes to the new address.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound, WebhookAddressRefused],
  })
  update(
    @CurrentPartner() { name }: Partner,
    @IdParam('webhookEndpointId') id: Id,
    @Body() body: ChangeWebhookEndpointDto,
  ): Promise<EndpointView> {
    return ofPartner(() => this.manage.change(id, body, name as PartnerName));
  }

  @Delete(':webhookEndpointId')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'deletePartnerWebhookEndpoint',
    summary: 'Delete one of your webhook endpoints',
    description: 'Nothing is sent to it from then on. What was sent stays in the log until it is forgotten.',
    problems: [WebhookEndpointNotFound],
  })
  delete(@CurrentPartner() { name }: Partner, @IdParam('webhookEndpointId') id: Id): Promise<void> {
    return ofPartner(() => this.manage.delete(id, name as PartnerName));
  }

  @Post(':webhookEndpointId/rotate')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'rotatePartnerWebhookSecret',
    summary: 'Give one of your webhook endpoints a new secret',
    description: 'For a day messages are signed with both, so that the receiver can change over.',
    ok: WebhookEndpointWithSecretDto,
    problems: [WebhookEndpointNotFound],
  })
  rotate(@CurrentPartner() { name }: Partner, @IdParam('webhookEndpointId') id: Id): Promise<EndpointWithSecret> {
    return ofPartner(() => this.manage.rotate(id, name as PartnerName));
  }

  @Post(':webhookEndpointId/pause')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'pausePartnerWebhookEndpoint',
    summary: 'Pause one of your webhook endpoints',
    description: 'What happens meanwhile waits, for four days at most. Repeating it changes nothing.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound],
  })
  pause(@CurrentPartner() { name }: Partner, @IdParam('webhookEndpointId') id: Id): Promise<EndpointView> {
    return ofPartner(() => this.manage.pause(id, name as PartnerName));
  }

  @Post(':webhookEndpointId/resume')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'resumePartnerWebhookEndpoint',
    summary: 'Resume one of your webhook endpoints',
    description: 'One that was paused, or disabled by us. What waits goes out; what was given up waits to be replayed.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound],
  })
  resume(@CurrentPartner() { name }: Partner, @IdParam('webhookEndpointId') id: Id): Promise<EndpointView> {
    return ofPartner(() => this.manage.resume(id, name as PartnerName));
  }

  @Post(':webhookEndpointId/test')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'testPartnerWebhookEndpoint',
    summary: 'Send a test to one of your webhook endpoints',
    description: 'A message of the type `webhook.test`. Look at the delivery to see how it went.',
    ok: WebhookDeliveryDto,
    status: 201,
    problems: [WebhookEndpointNotFound, WebhookEndpointNotActive],
  })
  test(@CurrentPartner() { name }: Partner, @IdParam('webhookEndpointId') id: Id): Promise<DeliveryView> {
    return ofPartner(() => this.replays.test(id, name as PartnerName));
  }

  @Post(':webhookEndpointId/replay')
  @Requires('events.subscribe')
  @RateLimit(subscribing)
  @Operation({
    id: 'replayPartnerWebhooks',
    summary: 'Send again all that an endpoint of yours was given up on',
    description:
      'Under the same ids, so a receiver that has seen one knows it. A thousand at a time: repeat it for more.',
    ok: ReplayedWebhooksDto,
    problems: [WebhookEndpointNotFound, WebhookEndpointNotActive],
  })
  replay(
    @CurrentPartner() { name }: Partner,
    @IdParam('webhookEndpointId') id: Id,
    @Body() { since }: ReplayFailedWebhooksDto,
  ): Promise<ReplayedWebhooksDto> {
    return ofPartner(() => this.replays.failedSince(id, since, name as PartnerName));
  }
}

function ofPartner<T>(work: () => T): T {
  return inEndpointScope(null, work);
}
