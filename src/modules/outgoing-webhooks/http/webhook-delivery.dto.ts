import { EnumField, IdField, InstantField, IntField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import {
  type AttemptOutcome,
  attemptOutcomes,
  type WebhookMessageState,
  webhookMessageStates,
} from '../domain/webhook-message.js';
import { type SentType, sentTypes } from '../domain/webhook-types.js';
import { attemptList, deliveryList } from '../queries/delivery-reader.js';

const mostInt = 2_147_483_647;

const type = { description: 'What it tells of.', example: 'booking.created' as const, name: 'WebhookEventType' };
const state = {
  description: '`dead`: given up, see `lastReason`; it can be replayed.',
  example: 'delivered' as const,
  name: 'WebhookDeliveryState',
};

export class WebhookDeliveryListQuery extends ListQuery(deliveryList) {
  @IdField({ description: 'Of this endpoint alone.', optional: true })
  endpointId?: Id;

  @EnumField(webhookMessageStates, { ...state, description: 'In this state alone.', optional: true })
  state?: WebhookMessageState;

  @EnumField(sentTypes, { ...type, description: 'Of this type alone.', optional: true })
  type?: SentType;

  @InstantField({
    description: 'Written since then alone.',
    example: '2026-12-01T08:00:00.000Z',
    optional: true,
  })
  from?: Date;
}

export class WebhookDeliveryDto {
  @IdField({ description: 'Id of the delivery: the `webhook-id` of each of its attempts.' })
  id: Id;

  @IdField({ description: 'Id of the endpoint it is for.' })
  endpointId: Id;

  @EnumField(sentTypes, type)
  type: SentType;

  @EnumField(webhookMessageStates, state)
  state: WebhookMessageState;

  @IntField({ description: 'How many attempts there were.', example: 1, min: 0, max: mostInt })
  attempts: number;

  @TextField({
    description: 'Why the last attempt failed, or why it was given up: `endpoint_disabled`, `expired`.',
    example: null,
    max: 60,
    nullable: true,
  })
  lastReason: string | null;

  @InstantField({ description: 'When it was written.', example: '2026-12-01T09:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When it is tried next; null when it is closed.', example: null, nullable: true })
  dueAt: Date | null;

  @InstantField({
    description: 'When it was delivered or given up.',
    example: '2026-12-01T09:00:01.000Z',
    nullable: true,
  })
  closedAt: Date | null;
}

export class WebhookDeliveryDetailsDto extends WebhookDeliveryDto {
  @TextField({
    description: 'What is posted, as it is signed: JSON.',
    example:
      '{"type":"student.enrolled","version":1,"timestamp":"2026-12-01T09:00:00.000Z","schoolId":"01936f3e-7c1a-7d3e-9a54-2b1f0c8d6e4f","data":{"studentId":"01936f3e-7c1a-7d3e-9a54-2b1f0c8d6e50","status":"active"}}',
    max: 65_535,
  })
  payload: string;
}

export class WebhookAttemptListQuery extends ListQuery(attemptList) {}

export class WebhookAttemptDto {
  @IdField({ description: 'Id of the attempt.' })
  id: Id;

  @IntField({ description: 'The first is 1.', example: 1, min: 1, max: mostInt })
  number: number;

  @InstantField({ description: 'When it was begun.', example: '2026-12-01T09:00:00.000Z' })
  startedAt: Date;

  @EnumField(attemptOutcomes, {
    description: '`started`: it was begun and its outcome never noted. `unknown`: no answer came; it may have arrived.',
    example: 'accepted',
    name: 'WebhookAttemptOutcome',
  })
  outcome: AttemptOutcome;

  @IntField({ description: 'The HTTP status that was answered.', example: 204, min: 100, max: 999, nullable: true })
  status: number | null;

  @TextField({ description: 'Why it failed, in a word of ours.', example: null, max: 60, nullable: true })
  reason: string | null;

  @IntField({ description: 'How long it took.', example: 87, min: 0, max: mostInt, nullable: true })
  durationMs: number | null;
}
