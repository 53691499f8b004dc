import { EnumField, IntField, ListField, LocalDateField, TextField } from '../../../../platform/http/fields.js';
import { type Channel, channels, type Purpose, purposes } from '../../domain/message-kinds.js';
import { type Topic, topicNames } from '../../domain/topics.js';

const manyMessages = 1_000_000_000;

export class MessageUsageDto {
  @IntField({ description: 'How many messages.', example: 120, min: 1, max: manyMessages })
  messages: number;

  @IntField({
    description: 'Billed parts of the text messages among them; null for e-mails.',
    example: 140,
    min: 0,
    max: manyMessages,
    nullable: true,
  })
  segments: number | null;

  @IntField({
    description: 'What their providers say they cost, in millionths of `costCurrency`; null where they have not told.',
    example: 33_600_000,
    min: 0,
    max: Number.MAX_SAFE_INTEGER,
    nullable: true,
  })
  costMicros: number | null;

  @TextField({ description: 'The currency of the cost.', example: 'DKK', min: 3, max: 3, nullable: true })
  costCurrency: string | null;
}

export class MessageUsageRowDto extends MessageUsageDto {
  @TextField({ description: 'The month they were queued in, by the school’s clocks.', example: '2026-12' })
  month: string;

  @EnumField(channels, { description: 'How they travelled.', example: 'sms', name: 'MessageChannel' })
  channel: Channel;

  @TextField({ description: 'Who carried them.', example: 'gatewayapi' })
  provider: string;

  @EnumField(purposes, {
    description:
      'account: about access and the school’s own subscription; service: about lessons, exams, courses and money; marketing: to sell.',
    example: 'service',
    name: 'MessagePurpose',
  })
  purpose: Purpose;

  @EnumField(topicNames, { description: 'What they were about.', example: 'reminders', name: 'AnyMessageTopic' })
  topic: Topic;
}

export class MessageUsageReportDto {
  @LocalDateField({ description: 'The first day.', example: '2026-01-01' })
  from: string;

  @LocalDateField({ description: 'The last day.', example: '2026-12-31' })
  until: string;

  @ListField(() => MessageUsageRowDto, {
    description:
      'By month, channel, provider, purpose, topic and currency. Messages of unknown cost are a row of their own.',
  })
  rows: MessageUsageRowDto[];

  @ListField(() => MessageUsageDto, {
    description: 'All rows together: one for each currency, and one for the messages of unknown cost.',
  })
  totals: MessageUsageDto[];
}
