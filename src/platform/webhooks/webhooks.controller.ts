import { Controller, Param, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../auth/public.js';
import { Operation } from '../http/operation.js';
import { ReceiveWebhook } from './receive-webhook.js';
import { UntrustedWebhook } from './webhook-adapter.js';

@Controller('webhooks')
@ApiTags('Webhooks')
export class WebhooksController {
  constructor(private readonly receiveWebhook: ReceiveWebhook) {}

  @Post(':provider')
  @ApiParam({ name: 'provider', description: 'Who sends it.', schema: { type: 'string', example: 'stripe' } })
  @Public('a provider signs its messages instead of signing in')
  @Operation({
    id: 'receiveWebhook',
    summary: 'Take a message from a provider',
    description: 'Verified by the provider’s own signature, stored once, answered at once and acted on afterwards.',
    problems: [UntrustedWebhook],
  })
  receive(
    @Param('provider') provider: string,
    @Req() { rawBody, headers, url }: RawBodyRequest<FastifyRequest>,
  ): Promise<void> {
    return this.receiveWebhook.execute(provider, { body: rawBody ?? Buffer.alloc(0), headers, url });
  }
}
