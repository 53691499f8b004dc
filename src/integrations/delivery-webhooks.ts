import type { DeliveryReports, RecordDelivery } from '../modules/notifications/index.js';
import { type AcceptedWebhook, WebhookAdapter, type WebhookRequest } from '../platform/webhooks/webhook-adapter.js';

/** What one sender of e-mail or text messages tells us by webhook. */
export class DeliveryWebhooks extends WebhookAdapter {
  constructor(
    private readonly reports: DeliveryReports,
    private readonly record: RecordDelivery,
  ) {
    super();
  }

  get provider(): string {
    return this.reports.provider;
  }

  accept(request: WebhookRequest): AcceptedWebhook | Promise<AcceptedWebhook> {
    return this.reports.accept(request);
  }

  /** One body may hold many news. Each is recorded by itself, so a repeat after half of them does no harm. */
  async process(body: string, receivedAt: Date): Promise<'processed' | 'ignored'> {
    const { provider, channel } = this.reports;
    let isOurs = false;
    for (const news of await this.reports.parse(body, receivedAt)) {
      isOurs = (await this.record.execute(provider, channel, news)) || isOurs;
    }
    return isOurs ? 'processed' : 'ignored';
  }
}
