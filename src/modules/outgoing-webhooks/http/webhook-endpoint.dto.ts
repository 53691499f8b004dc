import { ChangeOf } from '../../../platform/http/change-of.js';
import {
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  SecretField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import {
  type DisabledReason,
  disabledReasons,
  type EndpointState,
  endpointStates,
} from '../domain/webhook-endpoint.js';
import { type WebhookType, webhookTypes } from '../domain/webhook-types.js';
import { endpointList } from '../queries/endpoint-reader.js';
import { MOST_REPLAYED } from '../use-cases/replay-webhooks.js';

const url = {
  description: 'Where it is posted to: https, a public name, port 443 or 8443, no login in it.',
  example: 'https://receiver.example/hooks',
  max: 500,
};
const description = { description: 'What it is for.', example: 'Regnskab', max: 200, nullable: true } as const;
const eventTypes = {
  description: 'What it hears of.',
  example: ['booking.created', 'payment.received'] as const,
  minItems: 1,
  maxItems: webhookTypes.length,
};

export class CreateWebhookEndpointDto {
  @TextField(url)
  url: string;

  @TextField({ ...description, optional: true })
  description?: string | null;

  @EnumListField(webhookTypes, eventTypes)
  eventTypes: WebhookType[];
}

export class ChangeWebhookEndpointDto extends ChangeOf(CreateWebhookEndpointDto) {}

export class WebhookEndpointListQuery extends ListQuery(endpointList) {
  @EnumField(endpointStates, {
    description: 'In this state alone.',
    example: 'active',
    name: 'WebhookEndpointState',
    optional: true,
  })
  state?: EndpointState;
}

export class WebhookEndpointDto {
  @IdField({ description: 'Id of the endpoint.' })
  id: Id;

  @TextField(url)
  url: string;

  @TextField(description)
  description: string | null;

  @EnumListField(webhookTypes, eventTypes)
  eventTypes: WebhookType[];

  @EnumField(endpointStates, {
    description: '`paused` by you: what happens waits for four days. `disabled` by us: nothing is written for it.',
    example: 'active',
    name: 'WebhookEndpointState',
  })
  state: EndpointState;

  @EnumField(disabledReasons, {
    description: '`failing`: it took nothing for three days. `gone`: it answered 410.',
    example: null,
    name: 'WebhookDisabledReason',
    nullable: true,
  })
  disabledReason: DisabledReason | null;

  @IntField({ description: 'How many attempts in a row have failed.', example: 0, min: 0, max: 2_147_483_647 })
  failures: number;

  @InstantField({ description: 'Since when all attempts fail.', example: null, nullable: true })
  failingSince: Date | null;

  @TextField({
    description: 'Why the last failed attempt did: `http_500`, `too_slow`, `unreachable`, `address_refused` and so on.',
    example: null,
    max: 60,
    nullable: true,
  })
  lastFailure: string | null;

  @InstantField({ description: 'When an attempt last failed.', example: null, nullable: true })
  lastFailureAt: Date | null;

  @InstantField({ description: 'When one last succeeded.', example: '2026-12-01T09:00:00.000Z', nullable: true })
  lastSuccessAt: Date | null;

  @InstantField({
    description: 'Until when it is left alone after several failures; then one message tries.',
    example: null,
    nullable: true,
  })
  heldUntil: Date | null;

  @InstantField({
    description: 'Until when messages are signed with the secret of before too.',
    example: null,
    nullable: true,
  })
  previousSecretUntil: Date | null;

  @IdField({ description: 'Id of the person or the key that made it.' })
  createdBy: Id;

  @InstantField({ description: 'When it was made.', example: '2026-12-01T08:00:00.000Z' })
  createdAt: Date;
}

export class WebhookEndpointWithSecretDto extends WebhookEndpointDto {
  @SecretField({
    description: 'What messages are signed with, as the Standard Webhooks libraries take it. It is shown this once.',
    example: 'whsec_c2hvd24gdGhpcyBvbmNlLCBrZWVwIGl0IHNhZmUhIQ==',
  })
  secret: string;
}

export class ReplayFailedWebhooksDto {
  @InstantField({
    description: 'What was written since then and given up is sent again.',
    example: '2026-12-01T08:00:00.000Z',
  })
  since: Date;
}

export class ReplayedWebhooksDto {
  @IntField({
    description: `How many are sent again; when it is ${MOST_REPLAYED} there may be more.`,
    example: 3,
    min: 0,
    max: MOST_REPLAYED,
  })
  replayed: number;
}
