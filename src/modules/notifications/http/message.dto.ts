import { EnumField, IdField, InstantField, IntField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { channels, messageKindNames, type Channel, type MessageKind } from '../domain/message-kinds.js';
import { messageStates, type MessageState } from '../domain/message.js';
import { type ObstacleCause, obstacleCauses } from '../domain/undeliverable-address.js';
import { messageList } from '../queries/message-log.js';

export class ListMessagesQuery extends ListQuery(messageList) {
  @IdField({
    description: 'Only messages to this student.',
    optional: true,
  })
  studentId?: Id;

  @IdField({ description: 'Only messages about this booking, invoice or payment.', optional: true })
  subjectId?: Id;

  @EnumField(messageStates, {
    description: 'Only messages in this state.',
    example: 'sent',
    optional: true,
    name: 'MessageState',
  })
  state?: MessageState;

  @EnumField(messageKindNames, {
    description: 'Only messages of this kind.',
    example: 'lesson_booked',
    optional: true,
    name: 'MessageKind',
  })
  kind?: MessageKind;

  @EnumField(channels, {
    description: 'Only e-mails, or only text messages.',
    example: 'sms',
    optional: true,
    name: 'MessageChannel',
  })
  channel?: Channel;

  @InstantField({ description: 'Queued then or later.', example: '2026-12-01T00:00:00+01:00', optional: true })
  from?: Date;

  @InstantField({ description: 'Queued before.', example: '2027-01-01T00:00:00+01:00', optional: true })
  until?: Date;
}

export class MessageDto {
  @IdField({ description: 'Id of the message.' })
  id: string;

  @IdField({ description: 'The user it is for.' })
  userId: string;

  @EnumField(channels, { description: 'How it travels.', example: 'email', name: 'MessageChannel' })
  channel: Channel;

  @EnumField(messageKindNames, { description: 'What it is about.', example: 'lesson_booked', name: 'MessageKind' })
  kind: MessageKind;

  @IdField({ description: 'The booking, invoice, payment, refund or one-time token it tells about.' })
  subjectId: string;

  @EnumField(messageStates, {
    description:
      'queued: waits; sending: with the provider, or waiting for another attempt; sent: the provider took it; delivered: it reached the mailbox or phone; ' +
      'bounced: the mailbox sent it back; complained: its reader called it spam; rejected: the provider refused it; ' +
      'failed: no answer for a day, or it could not be delivered; dropped: events overtook it, or there was no way to send it.',
    example: 'sent',
    name: 'MessageState',
  })
  state: MessageState;

  @TextField({ description: 'The address or number it went to, masked.', example: 's***@example.dk', nullable: true })
  recipient: string | null;

  @TextField({ description: 'Who carried it.', example: 'smtp', nullable: true })
  provider: string | null;

  @TextField({
    description: 'The provider’s reference.',
    example: '<019aa1b2-7c00-7000-8000-000000000001@example.dk>',
    nullable: true,
  })
  providerRef: string | null;

  @IntField({ description: 'Billed parts of a text message.', example: 1, min: 1, max: 20, nullable: true })
  segments: number | null;

  @IntField({
    description: 'What the provider says it costs, in millionths of `costCurrency`.',
    example: 240_000,
    min: 0,
    max: 1_000_000_000_000,
    nullable: true,
  })
  costMicros: number | null;

  @TextField({ description: 'The currency of the cost.', example: 'DKK', min: 3, max: 3, nullable: true })
  costCurrency: string | null;

  @IntField({ description: 'How often sending was tried.', example: 1, min: 0, max: 10_000 })
  attempts: number;

  @TextField({
    description: 'Why it was rejected, failed, bounced or dropped, or what the last attempt met.',
    example: 'the lesson was cancelled before the message went out',
    max: 500,
    nullable: true,
  })
  reason: string | null;

  @InstantField({ description: 'When it was queued.', example: '2026-12-01T09:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When nothing was left to try.', example: '2026-12-01T09:00:01.000Z', nullable: true })
  closedAt: Date | null;

  @InstantField({
    description: 'When the provider says that this became of it.',
    example: '2026-12-01T09:00:04.000Z',
    nullable: true,
  })
  toldAt: Date | null;

  @IdField({ description: 'The message that somebody had sent once more by this one.', nullable: true })
  retryOf: string | null;

  @IdField({
    description: 'The message of the other channel that did not get through, so that this one was sent.',
    nullable: true,
  })
  fallbackOf: string | null;
}

export class ObstacleDto {
  @EnumField(obstacleCauses, {
    description:
      'hard_bounce: there is no such mailbox or number; complaint: a message was called spam; stop: the answer was STOP.',
    example: 'hard_bounce',
    name: 'ObstacleCause',
  })
  cause: ObstacleCause;

  @TextField({
    description: 'The provider’s word for it.',
    example: '550 5.1.1 no such user',
    max: 500,
    nullable: true,
  })
  reason: string | null;

  @InstantField({ description: 'Since when.', example: '2026-12-01T09:00:04.000Z' })
  since: Date;
}
