import { IntersectionType } from '@nestjs/swagger';
import { IdField, TextField } from '../../http/fields.js';
import type { Id } from '../../values/id.js';
import { DeliveryListQuery, WebhookListQuery } from '../http/operations.dto.js';

export class NoticeQuery {
  @TextField({ description: 'What has just been done.', example: 'retried', max: 20, optional: true })
  done?: string;
}

export class DeliveriesPageQuery extends IntersectionType(DeliveryListQuery, NoticeQuery) {}

export class WebhooksPageQuery extends IntersectionType(WebhookListQuery, NoticeQuery) {}

export class ReplayForm {
  @IdField({ description: 'Id of the webhook.' })
  webhookId: Id;
}
