import {
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  ListField,
  NestedField,
  TextField,
  TextListField,
} from '../../../../platform/http/fields.js';
import { type Channel, channels } from '../../domain/message-kinds.js';
import { type Locale, locales } from '../../templates/wording.js';
import { textLimits } from '../domain/own-text.js';
import { type OwnTextKind, ownTextKinds } from '../domain/own-text-kinds.js';

const variable = 'Variables stand between double braces, such as `{{ lesson.moment }}`.';

export class MessageTextPartsDto {
  @TextField({
    description: `The subject of the e-mail. ${variable}`,
    example: 'Vi ses {{ lesson.moment }}',
    max: textLimits.subject,
  })
  subject: string;

  @TextField({ description: 'The first line of the e-mail.', example: 'Din tid er booket', max: textLimits.heading })
  heading: string;

  @TextListField({
    description: 'The paragraphs of the e-mail, as plain text. One that comes out empty is left out.',
    example: [
      'Hej {{ reader.name }}',
      '{% if lesson.vehicle %}Vi kører i {{ lesson.vehicle }}.{% endif %} Vi glæder os.',
    ],
    minItems: 1,
    maxItems: textLimits.paragraphs,
    max: textLimits.paragraph,
  })
  paragraphs: string[];

  @TextField({
    description: 'What stands on the button; null for a kind without one.',
    example: null,
    max: textLimits.actionLabel,
    nullable: true,
  })
  actionLabel: string | null;

  @TextField({
    description: 'The text message; null for a kind that goes by e-mail alone.',
    example: '{{ sender.name }}: Vi ses {{ lesson.moment }}.',
    max: textLimits.sms,
    nullable: true,
  })
  sms: string | null;
}

export class TextVariableDto {
  @TextField({ description: 'As a text names it between double braces.', example: 'lesson.moment' })
  name: string;

  @TextField({ description: 'What it may stand for.', example: 'tirs. 1. dec. kl. 10.00', max: 500 })
  example: string;
}

export class MessageTextKindDto {
  @EnumField(ownTextKinds, { description: 'What it tells.', example: 'lesson_booked', name: 'OwnTextKind' })
  kind: OwnTextKind;

  @EnumListField(channels, { description: 'How it travels.', example: ['email', 'sms'] })
  channels: readonly Channel[];

  @EnumListField(locales, { description: 'The languages with words of the school’s own.', example: ['da'] })
  ownIn: readonly Locale[];

  @ListField(() => TextVariableDto, { description: 'What its texts may name.' })
  variables: readonly TextVariableDto[];
}

export class MessageTextDto {
  @EnumField(ownTextKinds, { description: 'What it tells.', example: 'lesson_booked', name: 'OwnTextKind' })
  kind: OwnTextKind;

  @EnumField(locales, { description: 'The language of its reader.', example: 'da', name: 'TextLocale' })
  locale: Locale;

  @NestedField(() => MessageTextPartsDto, { description: 'What it says when the school says nothing else.' })
  standard: MessageTextPartsDto;

  @NestedField(() => MessageTextPartsDto, { description: 'The school’s own words; null without.', nullable: true })
  own: MessageTextPartsDto | null;

  @IntField({ description: 'How often the own words were written.', example: 1, min: 0, max: 2_147_483_647 })
  version: number;

  @IdField({ description: 'Who wrote them last.', nullable: true })
  changedBy: string | null;

  @InstantField({ description: 'When they were written last.', example: '2026-12-01T09:00:00.000Z', nullable: true })
  changedAt: Date | null;

  @ListField(() => TextVariableDto, { description: 'What its texts may name.' })
  variables: readonly TextVariableDto[];
}

export class PreviewMessageTextDto {
  @NestedField(() => MessageTextPartsDto, {
    description: 'The words to try. Left out: those that are in use.',
    optional: true,
  })
  text?: MessageTextPartsDto;
}

export class SmsPreviewDto {
  @TextField({ description: 'The text message.', example: 'Nordhavn Køreskole: Vi ses.', max: 2_000 })
  body: string;

  @EnumField(['gsm-7', 'ucs-2'], {
    description: 'Its alphabet. One character outside of gsm-7 makes a part hold 70 instead of 160.',
    example: 'gsm-7',
    name: 'SmsEncoding',
  })
  encoding: 'gsm-7' | 'ucs-2';

  @IntField({ description: 'Its length in that alphabet.', example: 27, min: 0, max: 2_000 })
  units: number;

  @IntField({ description: 'Into how many billed parts it is cut.', example: 1, min: 1, max: 20 })
  segments: number;
}

export class MessagePreviewDto {
  @TextField({ description: 'The subject of the e-mail.', example: 'Vi ses tirs. 1. dec. kl. 10.00', max: 2_000 })
  subject: string;

  @TextField({ description: 'The whole e-mail as HTML.', example: '<!doctype html>…', max: 1_000_000 })
  html: string;

  @TextField({ description: 'The e-mail as plain text.', example: 'Din tid er booket …', max: 1_000_000 })
  text: string;

  @NestedField(() => SmsPreviewDto, { description: 'The text message; null without.', nullable: true })
  sms: SmsPreviewDto | null;
}
