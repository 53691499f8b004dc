import { Module } from '@nestjs/common';
import { ProcessWebhook } from './process-webhook.js';
import { ReceiveWebhook } from './receive-webhook.js';
import { WebhooksController } from './webhooks.controller.js';

/** Needs the WebhookAdapters that integrations.module.ts binds. */
@Module({ controllers: [WebhooksController], providers: [ReceiveWebhook, ProcessWebhook] })
export class WebhooksModule {}
