import { Global, Module } from '@nestjs/common';
import { configProvider } from '../config/config.module.js';
import { ForgetWebhooks } from './forget-webhooks.js';
import { ProcessWebhook } from './process-webhook.js';
import { ReceiveWebhook } from './receive-webhook.js';
import { SignedPosts } from './signed-post.js';
import { SignedPostsConfig } from './signed-posts.config.js';
import { WebhooksController } from './webhooks.controller.js';

/** Needs the WebhookAdapters that integrations.module.ts binds. */
@Global()
@Module({
  controllers: [WebhooksController],
  providers: [configProvider(SignedPostsConfig), ReceiveWebhook, ProcessWebhook, ForgetWebhooks, SignedPosts],
  exports: [ForgetWebhooks, SignedPosts],
})
export class WebhooksModule {}
