import {
  BoolField,
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  ListField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { licenceClasses, type LicenceClass } from '../../../schools/index.js';
import { type Channel, channels } from '../../domain/message-kinds.js';
import { type Locale, locales } from '../../templates/wording.js';
import { type AnnouncementPurpose, announcementPurposes } from '../domain/announcement.js';
import { type AnnouncementState, announcementStates } from '../domain/announcement-state.js';
import { type AudienceStatus, audienceStatuses } from '../domain/audience.js';
import { announcementList, type ShownState, shownStates } from '../queries/announcement-reader.js';

const placeholdersHint = 'It may name {{ first_name }}, {{ name }} and {{ school_name }}.';

export class AnnouncementTextDto {
  @TextField({
    description: `Subject of the e-mail. ${placeholdersHint}`,
    example: 'Lukket i uge 7',
    max: 150,
    optional: true,
    nullable: true,
  })
  subject?: string | null;

  @TextField({
    description: `Plain text of the e-mail; line breaks are kept. ${placeholdersHint}`,
    example: 'Hej {{ first_name }}\n\nVi holder lukket i uge 7.',
    max: 5_000,
    optional: true,
    nullable: true,
  })
  text?: string | null;

  @TextField({
    description: `Text of the SMS, which begins with the school’s name. ${placeholdersHint}`,
    example: 'Vi holder lukket i uge 7.',
    max: 600,
    optional: true,
    nullable: true,
  })
  sms?: string | null;
}

export class AudienceDto {
  @EnumField(audienceStatuses, {
    description: 'Students of that status; active unless said otherwise.',
    example: 'active',
    default: 'active',
    optional: true,
  })
  status: AudienceStatus = 'active';

  @EnumField(licenceClasses, { description: 'Students after that category.', example: 'B', optional: true })
  licenceClass?: LicenceClass;

  @IdField({
    description: 'Students who have a lesson with that teacher, in the last 90 days or to come.',
    optional: true,
  })
  teacherId?: Id;

  @IdField({
    description: 'Students who have a lesson that begins there, in the last 90 days or to come.',
    optional: true,
  })
  locationId?: Id;

  @IdField({ description: 'Students who are enrolled in that course.', optional: true })
  courseId?: Id;

  @InstantField({
    description: 'Students who were enrolled then or later.',
    example: '2026-01-01T00:00:00+01:00',
    optional: true,
  })
  enrolledFrom?: Date;

  @InstantField({
    description: 'Students who were enrolled before.',
    example: '2027-01-01T00:00:00+01:00',
    optional: true,
  })
  enrolledBefore?: Date;

  @BoolField({
    description: 'Students who have a lesson to come, or who have none.',
    example: false,
    optional: true,
  })
  hasUpcomingLesson?: boolean;
}

export class DraftAnnouncementDto {
  @EnumField(announcementPurposes, {
    description: 'service: about what students have with the school. marketing: goes only to those who consent.',
    example: 'service',
  })
  purpose: AnnouncementPurpose;

  @EnumListField(channels, { description: 'How it is sent.', example: ['email', 'sms'], minItems: 1, maxItems: 2 })
  channels: Channel[];

  @NestedField(() => AnnouncementTextDto, {
    description: 'In Danish. Whose language is not written reads the other one.',
    example: { subject: 'Lukket i uge 7', text: 'Vi holder lukket i uge 7.', sms: 'Vi holder lukket i uge 7.' },
    optional: true,
    nullable: true,
  })
  da?: AnnouncementTextDto | null;

  @NestedField(() => AnnouncementTextDto, {
    description: 'In English.',
    example: { subject: 'Closed in week 7', text: 'We are closed in week 7.', sms: 'We are closed in week 7.' },
    optional: true,
    nullable: true,
  })
  en?: AnnouncementTextDto | null;

  @NestedField(() => AudienceDto, {
    description: 'Who is meant: the students for whom all of it holds. Left out: all active ones.',
    example: { status: 'active', licenceClass: 'B' },
    optional: true,
  })
  audience?: AudienceDto;
}

export class ConfirmAnnouncementDto {
  @IntField({ description: 'The version that the preview showed.', example: 1, min: 1, max: 1_000_000 })
  version: number;
}

export class ListAnnouncementsQuery extends ListQuery(announcementList) {
  @EnumField(announcementStates, {
    description: 'Only drafts, only what was confirmed (also when it has been sent), or only what was cancelled.',
    example: 'draft',
    optional: true,
  })
  state?: AnnouncementState;
}

export class AnnouncementSummaryDto {
  @IdField({ description: 'Id of the announcement.' })
  id: Id;

  @EnumField(announcementStates, {
    description: 'draft: nobody is told yet; sending: confirmed; cancelled: stopped.',
    example: 'sending',
  })
  state: string;

  @EnumField(announcementPurposes, { description: 'What it is for.', example: 'service' })
  purpose: AnnouncementPurpose;

  @IntField({ description: 'Grows with each change of the draft.', example: 1, min: 1, max: 1_000_000 })
  version: number;

  @IntField({
    description: 'How many e-mails were meant when it was confirmed.',
    example: 120,
    min: 0,
    max: 1_000_000_000,
    nullable: true,
  })
  emailRecipients: number | null;

  @IntField({
    description: 'How many text messages were meant when it was confirmed.',
    example: 118,
    min: 0,
    max: 1_000_000_000,
    nullable: true,
  })
  smsRecipients: number | null;

  @InstantField({ description: 'When it was written.', example: '2026-12-01T09:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When it was confirmed.', example: '2026-12-01T09:05:00.000Z', nullable: true })
  confirmedAt: Date | null;

  @InstantField({ description: 'When it was cancelled.', example: '2026-12-01T09:06:00.000Z', nullable: true })
  cancelledAt: Date | null;
}

const count = { min: 0, max: 1_000_000_000 };

export class AnnouncementProgressDto {
  @IntField({ description: 'All messages that were meant.', example: 238, ...count })
  recipients: number;

  @IntField({ description: 'Not tried yet.', example: 100, ...count })
  waiting: number;

  @IntField({ description: 'With the provider, or waiting for another attempt.', example: 20, ...count })
  sending: number;

  @IntField({ description: 'Taken by the provider, which has not told more.', example: 18, ...count })
  sent: number;

  @IntField({ description: 'Arrived.', example: 96, ...count })
  delivered: number;

  @IntField({ description: 'Failed, rejected, bounced or complained of.', example: 3, ...count })
  failed: number;

  @IntField({
    description: 'Not sent: cancelled before, no way there, or the reader wants none.',
    example: 1,
    ...count,
  })
  dropped: number;
}

export class AnnouncementContentDto {
  @EnumListField(channels, { description: 'How it is sent.', example: ['email'] })
  channels: readonly Channel[];

  @NestedField(() => AnnouncementTextDto, { description: 'In Danish.', nullable: true })
  da: AnnouncementTextDto | null;

  @NestedField(() => AnnouncementTextDto, { description: 'In English.', nullable: true })
  en: AnnouncementTextDto | null;
}

export class AnnouncementDto extends AnnouncementSummaryDto {
  @EnumField(shownStates, {
    description:
      'draft: nobody is told yet; sending: confirmed, and messages are under way; done: nothing waits any more; cancelled: stopped.',
    example: 'sending',
  })
  declare state: ShownState;

  @NestedField(() => AnnouncementContentDto, { description: 'What it says.' })
  content: AnnouncementContentDto;

  @NestedField(() => AudienceDto, { description: 'Who is meant.' })
  audience: AudienceDto;

  @NestedField(() => AnnouncementProgressDto, { description: 'How many messages are how far.' })
  progress: AnnouncementProgressDto;
}

export class LeftOutDto {
  @IntField({ description: 'Text messages are switched off.', example: 0, ...count })
  switched_off: number;

  @IntField({ description: 'No phone number is known.', example: 2, ...count })
  no_number: number;

  @IntField({
    description: 'The address came back, or its reader has called a message spam or answered STOP.',
    example: 1,
    ...count,
  })
  obstacle: number;

  @IntField({ description: 'Has not agreed to advertisements on the channel.', example: 0, ...count })
  no_consent: number;

  @IntField({ description: 'Has switched news off on the channel.', example: 3, ...count })
  opted_out: number;
}

export class ExpectedCostDto {
  @IntField({ description: 'In millionths of the currency.', example: 57_120_000, min: 0, max: 1_000_000_000_000_000 })
  micros: number;

  @TextField({ description: 'ISO 4217.', example: 'DKK', min: 3, max: 3 })
  currency: string;
}

export class ChannelPreviewDto {
  @EnumField(channels, { description: 'The channel.', example: 'sms', name: 'MessageChannel' })
  channel: Channel;

  @IntField({ description: 'How many would get it.', example: 118, ...count })
  recipients: number;

  @NestedField(() => LeftOutDto, { description: 'How many are meant and would not, by the reason.' })
  leftOut: LeftOutDto;

  @IntField({ description: 'Billed parts of all text messages together.', example: 238, nullable: true, ...count })
  segments: number | null;

  @NestedField(() => ExpectedCostDto, {
    description: 'What the text messages are expected to cost, by what the last ones cost; null when nobody knows.',
    nullable: true,
  })
  cost: ExpectedCostDto | null;
}

export class SampleEmailDto {
  @TextField({ description: 'Subject.', example: 'Lukket i uge 7', max: 1_000 })
  subject: string;

  @TextField({ description: 'The e-mail as HTML.', example: '<!doctype html>…', max: 1_000_000 })
  html: string;

  @TextField({ description: 'The e-mail as text.', example: 'Lukket i uge 7', max: 1_000_000 })
  text: string;
}

export class SampleSmsDto {
  @TextField({ description: 'The text message.', example: 'Køreskolen Nord: Vi holder lukket i uge 7.', max: 10_000 })
  text: string;

  @IntField({ description: 'Its billed parts.', example: 1, min: 1, max: 100 })
  segments: number;
}

export class AnnouncementSampleDto {
  @EnumField(locales, { description: 'To a reader of that language.', example: 'da' })
  locale: Locale;

  @NestedField(() => SampleEmailDto, { description: 'Null when it goes by SMS alone.', nullable: true })
  email: SampleEmailDto | null;

  @NestedField(() => SampleSmsDto, { description: 'Null when it goes by e-mail alone.', nullable: true })
  sms: SampleSmsDto | null;
}

export class AnnouncementPreviewDto {
  @IntField({ description: 'What to confirm.', example: 1, min: 1, max: 1_000_000 })
  version: number;

  @ListField(() => ChannelPreviewDto, { description: 'Whom it would reach, and at what price.' })
  channels: ChannelPreviewDto[];

  @ListField(() => AnnouncementSampleDto, { description: 'How it would look, in both languages.' })
  samples: AnnouncementSampleDto[];
}
