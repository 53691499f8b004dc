import { Body, Controller, Delete, Get, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Actor, CurrentActor } from '../../../platform/auth/actor.js';
import { AlwaysAdmitted } from '../../../platform/auth/always-admitted.js';
import { Conditional } from '../../../platform/http/conditional/conditional.js';
import { AnswerNotStored } from '../../../platform/http/idempotency/answer-not-stored.js';
import { Operation } from '../../../platform/http/operation.js';
import { type Page, PageOf } from '../../../platform/http/paging.js';
import { IdParam } from '../../../platform/http/params.js';
import { RateLimit } from '../../../platform/http/rate-limit/rate-limit.js';
import type { Id } from '../../../platform/values/id.js';
import { Requires } from '../../identity/index.js';
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

@Controller('v1/schools/:schoolId/webhook-endpoints')
@ApiTags('Webhook endpoints')
export class WebhookEndpointsController {
  constructor(
    private readonly manage: ManageEndpoints,
    private readonly replays: ReplayWebhooks,
    private readonly endpoints: EndpointReader,
  ) {}

  @Post()
  @Requires('webhook.manage')
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'createWebhookEndpoint',
    summary: 'Subscribe an address to what happens in the school',
    description:
      'Each event is posted as JSON with the signature headers of Standard Webhooks, and again with growing pauses for three days ' +
      'until a 2xx is answered. The secret is in this answer alone.',
    ok: WebhookEndpointWithSecretDto,
    status: 201,
    problems: [WebhookAddressRefused, new TooManyWebhookEndpoints(MOST_ENDPOINTS)],
  })
  create(
    @IdParam('schoolId') _schoolId: Id,
    @CurrentActor() actor: Actor,
    @Body() body: CreateWebhookEndpointDto,
  ): Promise<EndpointWithSecret> {
    const { id: createdBy, schoolId } = actor;
    return this.manage.create({ schoolId, partner: null, createdBy }, body);
  }

  @Get()
  @Requires('webhook.read')
  @Operation({
    id: 'listWebhookEndpoints',
    summary: 'List the school’s webhook endpoints',
    description: 'With how they are doing; never with their secrets.',
    ok: PageOf(WebhookEndpointDto),
  })
  list(@IdParam('schoolId') _schoolId: Id, @Query() query: WebhookEndpointListQuery): Promise<Page<EndpointView>> {
    return this.endpoints.list(query);
  }

  @Get(':webhookEndpointId')
  @Requires('webhook.read')
  @Operation({
    id: 'getWebhookEndpoint',
    summary: 'Read a webhook endpoint',
    description: 'With how it is doing; never with its secrets.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound],
  })
  get(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookEndpointId') id: Id): Promise<EndpointView> {
    return this.endpoints.get(id);
  }

  @Patch(':webhookEndpointId')
  @Conditional()
  @Requires('webhook.manage')
  @Operation({
    id: 'updateWebhookEndpoint',
    summary: 'Change a webhook endpoint',
    description: 'Fields left out stay as they are. What waits already goes to the new address.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound, WebhookAddressRefused],
  })
  update(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('webhookEndpointId') id: Id,
    @Body() body: ChangeWebhookEndpointDto,
  ): Promise<EndpointView> {
    return this.manage.change(id, body);
  }

  @Delete(':webhookEndpointId')
  @Requires('webhook.manage')
  @AlwaysAdmitted('whoever must not hear of anything any more hears nothing')
  @Operation({
    id: 'deleteWebhookEndpoint',
    summary: 'Delete a webhook endpoint',
    description: 'Nothing is sent to it from then on. What was sent stays in the log until it is forgotten.',
    problems: [WebhookEndpointNotFound],
  })
  delete(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookEndpointId') id: Id): Promise<void> {
    return this.manage.delete(id);
  }

  @Post(':webhookEndpointId/rotate')
  @Requires('webhook.manage')
  @AnswerNotStored('it holds the secret')
  @Operation({
    id: 'rotateWebhookSecret',
    summary: 'Give a webhook endpoint a new secret',
    description: 'For a day messages are signed with both, so that the receiver can change over.',
    ok: WebhookEndpointWithSecretDto,
    problems: [WebhookEndpointNotFound],
  })
  rotate(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookEndpointId') id: Id): Promise<EndpointWithSecret> {
    return this.manage.rotate(id);
  }

  @Post(':webhookEndpointId/pause')
  @Requires('webhook.manage')
  @AlwaysAdmitted('whoever must not hear of anything for now hears nothing')
  @Operation({
    id: 'pauseWebhookEndpoint',
    summary: 'Pause a webhook endpoint',
    description: 'What happens meanwhile waits, for four days at most. Repeating it changes nothing.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound],
  })
  pause(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookEndpointId') id: Id): Promise<EndpointView> {
    return this.manage.pause(id);
  }

  @Post(':webhookEndpointId/resume')
  @Requires('webhook.manage')
  @Operation({
    id: 'resumeWebhookEndpoint',
    summary: 'Resume a webhook endpoint',
    description: 'One that was paused, or disabled by us. What waits goes out; what was given up waits to be replayed.',
    ok: WebhookEndpointDto,
    problems: [WebhookEndpointNotFound],
  })
  resume(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookEndpointId') id: Id): Promise<EndpointView> {
    return this.manage.resume(id);
  }

  @Post(':webhookEndpointId/test')
  @Requires('webhook.manage')
  @RateLimit({ name: 'webhook-tests', points: 20, seconds: 60, by: 'caller' })
  @Operation({
    id: 'testWebhookEndpoint',
    summary: 'Send a test to a webhook endpoint',
    description: 'A message of the type `webhook.test`. Look at the delivery to see how it went.',
    ok: WebhookDeliveryDto,
    status: 201,
    problems: [WebhookEndpointNotFound, WebhookEndpointNotActive],
  })
  test(@IdParam('schoolId') _schoolId: Id, @IdParam('webhookEndpointId') id: Id): Promise<DeliveryView> {
    return this.replays.test(id);
  }

  @Post(':webhookEndpointId/replay')
  @Requires('webhook.manage')
  @Operation({
    id: 'replayFailedWebhooks',
    summary: 'Send again all that was given up',
    description:
      'Under the same ids, so a receiver that has seen one knows it. A thousand at a time: repeat it for more.',
    ok: ReplayedWebhooksDto,
    problems: [WebhookEndpointNotFound, WebhookEndpointNotActive],
  })
  replay(
    @IdParam('schoolId') _schoolId: Id,
    @IdParam('webhookEndpointId') id: Id,
    @Body() { since }: ReplayFailedWebhooksDto,
  ): Promise<ReplayedWebhooksDto> {
    return this.replays.failedSince(id, since);
  }
}
