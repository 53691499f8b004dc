import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  ListField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import { type Channel, channels } from '../../domain/message-kinds.js';
import { type ObstacleCause, obstacleCauses } from '../../domain/undeliverable-address.js';
import { type ConsentSource, consentSources, type Decision, decisions } from '../domain/marketing-consent.js';
import { type ChoosableTopic, choosableTopics } from '../domain/topic-choice.js';
import { consentList } from '../queries/standing-consents.js';

export class TopicChoiceDto {
  @EnumField(choosableTopics, { description: 'What messages are about.', example: 'reminders', name: 'MessageTopic' })
  topic: ChoosableTopic;

  @BoolField({ description: 'By e-mail.', example: true })
  email: boolean;

  @BoolField({ description: 'By text message.', example: false })
  sms: boolean;
}

export class ChooseTopicsDto {
  @ListField(() => TopicChoiceDto, {
    description: 'Each topic at most once; one that is not named is on.',
    maxItems: 20,
  })
  topics: TopicChoiceDto[];
}

export class ChosenTopicDto extends TopicChoiceDto {
  @EnumField(['nothing', 'one_channel', 'email'], {
    description:
      'What must stay on. nothing: all of it may be off; one_channel: e-mail or SMS; email: e-mail, because papers go by it.',
    example: 'nothing',
    name: 'MustKeep',
  })
  mustKeep: 'nothing' | 'one_channel' | 'email';
}

export class MarketingChoiceDto {
  @EnumField(channels, { description: 'The channel.', example: 'email', name: 'MessageChannel' })
  channel: Channel;

  @BoolField({ description: 'Whether advertisements may be sent there now.', example: false })
  consented: boolean;

  @InstantField({ description: 'When this was last decided.', example: '2026-12-01T09:00:00.000Z', nullable: true })
  decidedAt: Date | null;

  @EnumField(consentSources, {
    description: 'Where it was last decided.',
    example: 'app',
    name: 'ConsentSource',
    nullable: true,
  })
  source: ConsentSource | null;
}

export class ConsentWordingDto {
  @TextField({ description: 'The version to send with a consent.', example: '2026-11' })
  wording: string;

  @TextField({
    description: 'What to show, in Danish.',
    example: 'Ja tak, køreskolen må sende mig tilbud.',
    max: 1_000,
  })
  da: string;

  @TextField({ description: 'What to show, in English.', example: 'Yes, the school may send me offers.', max: 1_000 })
  en: string;
}

export class ChannelObstacleDto {
  @EnumField(channels, { description: 'The channel.', example: 'sms', name: 'MessageChannel' })
  channel: Channel;

  @EnumField(obstacleCauses, {
    description: 'Why nothing goes there; a `stop` ends with START from the same number.',
    example: 'stop',
    name: 'ObstacleCause',
  })
  cause: ObstacleCause;

  @InstantField({ description: 'Since when.', example: '2026-12-01T09:00:04.000Z' })
  since: Date;
}

export class MessageChoicesDto {
  @ListField(() => ChosenTopicDto, { description: 'Each topic, and whether it comes on each channel.' })
  topics: ChosenTopicDto[];

  @ListField(() => MarketingChoiceDto, { description: 'Advertisements, by channel: only with consent.' })
  marketing: MarketingChoiceDto[];

  @NestedField(() => ConsentWordingDto, { description: 'What to show to whoever is asked for consent.' })
  consentWording: ConsentWordingDto;

  @ListField(() => ChannelObstacleDto, { description: 'What keeps every message from the address or number.' })
  obstacles: ChannelObstacleDto[];
}

export class DecideConsentDto {
  @EnumField(channels, { description: 'The channel.', example: 'email', name: 'MessageChannel' })
  channel: Channel;

  @EnumField(decisions, { description: 'Given, or withdrawn.', example: 'given', name: 'ConsentDecision' })
  decision: Decision;

  @EnumField(['app', 'sign_up_form', 'paper'], {
    description:
      'Where it was decided: app and sign_up_form by whoever decides himself, sign_up_form and paper as staff write it down.',
    example: 'app',
  })
  source: 'app' | 'sign_up_form' | 'paper';

  @TextField({
    description: 'The version of the text that was shown; needed when it is given.',
    example: '2026-11',
    max: 40,
    optional: true,
  })
  wording?: string;
}

export class ConsentDto {
  @IdField({ description: 'Id of the decision.' })
  id: string;

  @EnumField(channels, { description: 'The channel.', example: 'email', name: 'MessageChannel' })
  channel: Channel;

  @EnumField(decisions, { description: 'Given, or withdrawn.', example: 'given', name: 'ConsentDecision' })
  decision: Decision;

  @EnumField(consentSources, { description: 'Where it was decided.', example: 'app', name: 'ConsentSource' })
  source: ConsentSource;

  @TextField({ description: 'Which text was agreed to; null for a withdrawal.', example: '2026-11', nullable: true })
  wording: string | null;

  @IdField({ description: 'Who wrote it down; null when the link in a message did.', nullable: true })
  recordedBy: string | null;

  @InstantField({ description: 'When.', example: '2026-12-01T09:00:00.000Z' })
  decidedAt: Date;
}

export class ListConsentsQuery extends ListQuery(consentList) {}
