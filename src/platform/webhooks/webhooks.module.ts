import { Global, Module } from '@nestjs/common';
import { ForgetWebhooks } from './forget-webhooks.js';
import { ProcessWebhook } from './process-webhook.js';
import { ReceiveWebhook } from './receive-webhook.js';
import { WebhooksController } from './webhooks.controller.js';

/** Needs the WebhookAdapters that integrations.module.ts binds. */
@Global()
@Module({
  controllers: [WebhooksController],
  providers: [ReceiveWebhook, ProcessWebhook, ForgetWebhooks],
  exports: [ForgetWebhooks],
})
export class WebhooksModule {}
