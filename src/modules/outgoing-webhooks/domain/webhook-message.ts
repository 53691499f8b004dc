import { defineEntity } from '@mikro-orm/core';
import { code, id, instant, int, longText, schoolScoped, text } from '../../../platform/database/columns.js';
import { type Id, newId } from '../../../platform/values/id.js';
import type { PartnerName } from '../../identity/index.js';
import type { EndpointOwner } from './webhook-endpoint.js';
import { payloadOf, type SentType } from './webhook-types.js';

export const webhookMessageStates = ['queued', 'delivered', 'dead'] as const;
export type WebhookMessageState = (typeof webhookMessageStates)[number];

export const WebhookMessageSchema = defineEntity({
  name: 'WebhookMessage',
  tableName: 'webhook_messages',
  ...schoolScoped,
  uniques: [
    { name: 'webhook_messages_school_id', properties: ['schoolId', 'id'] },
    { name: 'webhook_messages_partner_id', properties: ['partner', 'id'] },
    { name: 'webhook_messages_event', properties: ['endpointId', 'eventId'] },
  ],
  indexes: [
    { name: 'webhook_messages_due', properties: ['endpointId', 'state', 'dueAt'] },
    { name: 'webhook_messages_endpoint', properties: ['schoolId', 'endpointId', 'id'] },
    { name: 'webhook_messages_state', properties: ['schoolId', 'state', 'id'] },
    { name: 'webhook_messages_partner_endpoint', properties: ['partner', 'endpointId', 'id'] },
    { name: 'webhook_messages_partner_state', properties: ['partner', 'state', 'id'] },
    { name: 'webhook_messages_created', properties: ['createdAt'] },
    { name: 'webhook_messages_queued', properties: ['state', 'queuedAt'] },
  ],
  properties: {
    /** The `webhook-id` that a receiver knows a repeat by. */
    id: id().primary(),
    /** Whose endpoint it is for; which school it is about stands in the payload. */
    schoolId: id().nullable(),
    partner: code<PartnerName>().nullable(),
    endpointId: id(),
    /** What it tells of, once to each endpoint. */
    eventId: id(),
    type: text(60).$type<SentType>(),
    payload: longText(),
    state: code<WebhookMessageState>(),
    /** All there have been. */
    attempts: int().default(0),
    /** Since it was queued or replayed. */
    tries: int().default(0),
    dueAt: instant(),
    lastReason: text(60).nullable(),
    createdAt: instant(),
    queuedAt: instant(),
    closedAt: instant().nullable(),
  },
});

export interface NewWebhookMessage {
  readonly owner: EndpointOwner;
  /** Null: about none. */
  readonly about: Id | null;
  readonly endpointId: Id;
  readonly eventId: Id;
  readonly type: SentType;
  readonly occurredAt: Date;
  readonly data: object;
}

/** Something that one endpoint is told, however often it takes. */
export class WebhookMessage extends WebhookMessageSchema.class {
  static of({ owner, about, occurredAt, data, ...details }: NewWebhookMessage, at: Date): WebhookMessage {
    const { schoolId, partner } = owner;
    return Object.assign(new WebhookMessage(), details, {
      schoolId,
      partner,
      id: newId(),
      payload: payloadOf(details.type, about, occurredAt, data),
      state: 'queued' as const,
      attempts: 0,
      tries: 0,
      dueAt: at,
      lastReason: null,
      createdAt: at,
      queuedAt: at,
      closedAt: null,
    });
  }
}
WebhookMessageSchema.setClass(WebhookMessage);

export const attemptOutcomes = ['started', 'accepted', 'rejected', 'unknown'] as const;
/** `started`: it was begun, and whoever began it died before its outcome was written down. */
export type AttemptOutcome = (typeof attemptOutcomes)[number];

export const WebhookAttemptSchema = defineEntity({
  name: 'WebhookAttempt',
  tableName: 'webhook_attempts',
  ...schoolScoped,
  uniques: [
    { name: 'webhook_attempts_number', properties: ['schoolId', 'messageId', 'number'] },
    { name: 'webhook_attempts_message_number', properties: ['messageId', 'number'] },
  ],
  indexes: [{ name: 'webhook_attempts_partner', properties: ['partner', 'messageId'] }],
  properties: {
    id: id().primary(),
    schoolId: id().nullable(),
    partner: code<PartnerName>().nullable(),
    messageId: id(),
    number: int(),
    startedAt: instant(),
    outcome: code<AttemptOutcome>(),
    /** What was answered; null when nothing was. */
    status: int().nullable(),
    /** A word of ours, never the receiver's text. */
    reason: text(60).nullable(),
    durationMs: int().nullable(),
  },
});
