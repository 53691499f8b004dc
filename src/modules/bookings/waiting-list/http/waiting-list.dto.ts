import {
  BoolField,
  EnumField,
  EnumListField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  LocalTimeField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate, LocalTime } from '../../../../platform/values/zone.js';
import { PartyDto } from '../../http/booking.dto.js';
import { offerStates, type OfferState } from '../domain/offer.js';
import { entryStates, type EntryState } from '../domain/entry-state.js';
import { offerList } from '../queries/offer-reader.js';
import { entryList } from '../queries/waiting-list-reader.js';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export class WaitForTimeDto {
  @IdField({ description: 'What kind of lesson.' })
  lessonTypeId: Id;

  @IdField({
    description: 'Who waits. Students leave it out, and guardians of one student may.',
    optional: true,
  })
  studentId?: Id;

  @IdField({ description: 'With this teacher alone; left out: any.', optional: true })
  teacherId?: Id;

  @EnumListField(weekdays, {
    description: 'On these weekdays, 1 is Monday; left out: any.',
    example: [1, 3],
    minItems: 1,
    maxItems: 7,
    optional: true,
  })
  weekdays?: number[];

  @LocalTimeField({ description: 'The lesson begins then or later.', example: '08:00', optional: true })
  earliest?: LocalTime;

  @LocalTimeField({
    description: 'The lesson has ended by then.',
    example: '15:00',
    endsDay: true,
    optional: true,
  })
  latest?: LocalTime;

  @LocalDateField({ description: 'First date; today when left out.', example: '2026-12-01', optional: true })
  fromDate?: LocalDate;

  @LocalDateField({
    description: 'Last date, included; 60 days after the first when left out, a year ahead at most.',
    example: '2026-12-31',
    optional: true,
  })
  untilDate?: LocalDate;

  @IntField({
    description: 'How many minutes before the start the student must be asked at least; 120 when left out.',
    example: 120,
    min: 15,
    max: 20_160,
    optional: true,
  })
  noticeMinutes?: number;

  @BoolField({
    description: 'Also times that the student has cancelled or moved himself.',
    example: false,
    optional: true,
  })
  ownTimes?: boolean;
}

export class EntryListQuery extends ListQuery(entryList) {
  @EnumField(entryStates, {
    description: 'In this state alone.',
    example: 'active',
    name: 'WaitingListState',
    optional: true,
  })
  state?: EntryState;

  @IdField({ description: 'For this kind of lesson alone.', optional: true })
  lessonTypeId?: Id;

  @IdField({ description: 'This student’s alone. Students see their own in any case.', optional: true })
  studentId?: Id;
}

export class WaitingListEntryDto {
  @IdField({ description: 'Id of the place on the list.' })
  id: Id;

  @EnumField(entryStates, { description: 'Where it stands.', example: 'active', name: 'WaitingListState' })
  state: EntryState;

  @NestedField(() => PartyDto, { description: 'Who waits.' })
  student: PartyDto;

  @NestedField(() => PartyDto, { description: 'For what kind of lesson.' })
  lessonType: PartyDto;

  @NestedField(() => PartyDto, { description: 'With this teacher alone; null: any.', nullable: true })
  teacher: PartyDto | null;

  @EnumListField(weekdays, { description: 'On these weekdays; 1 is Monday.', example: [1, 3] })
  weekdays: number[];

  @LocalTimeField({ description: 'The lesson begins then or later.', example: '08:00' })
  earliest: LocalTime;

  @LocalTimeField({ description: 'The lesson has ended by then.', example: '15:00', endsDay: true })
  latest: LocalTime;

  @LocalDateField({ description: 'First date.', example: '2026-12-01' })
  fromDate: LocalDate;

  @LocalDateField({ description: 'Last date, included.', example: '2026-12-31' })
  untilDate: LocalDate;

  @IntField({ description: 'Minutes of notice that the student wants.', example: 120, min: 15, max: 20_160 })
  noticeMinutes: number;

  @BoolField({ description: 'Also times that the student gave up himself.', example: false })
  ownTimes: boolean;

  @IdField({ description: 'The lesson that ended the wait; null before.', nullable: true })
  bookingId: Id | null;

  @InstantField({ description: 'Since when the student waits.', example: '2026-11-21T10:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When the wait ended; null before.', example: null, nullable: true })
  closedAt: Date | null;
}

export class WaitingListSettingsDto {
  @BoolField({ description: 'Whether a time that becomes free is offered by itself.', example: true })
  automatic: boolean;

  @IntField({
    description: 'To how many students at a time; the first who accepts gets it.',
    example: 3,
    min: 1,
    max: 20,
  })
  offersAtOnce: number;
}

export class OfferedTimeDto {
  @InstantField({ description: 'When the lesson would start.', example: '2026-12-01T08:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it would end.', example: '2026-12-01T08:45:00.000Z' })
  endsAt: Date;

  @IdField({ description: 'With this teacher.' })
  teacherId: Id;

  @TextField({ description: 'The teacher’s name.', example: 'Mette Holm' })
  teacherName: string;
}

export class OfferListQuery extends ListQuery(offerList) {
  @EnumField(offerStates, { description: 'In this state alone.', example: 'open', name: 'OfferState', optional: true })
  state?: OfferState;

  @IdField({ description: 'This student’s alone. Students see their own in any case.', optional: true })
  studentId?: Id;
}

export class OfferDto {
  @IdField({ description: 'Id of the offer.' })
  id: Id;

  @EnumField(offerStates, { description: 'Where it stands.', example: 'open', name: 'OfferState' })
  state: OfferState;

  @NestedField(() => PartyDto, { description: 'To whom.' })
  student: PartyDto;

  @NestedField(() => PartyDto, { description: 'What kind of lesson.' })
  lessonType: PartyDto;

  @ListField(() => OfferedTimeDto, { description: 'The times, one of which may be accepted.', maxItems: 3 })
  choices: OfferedTimeDto[];

  @IdField({
    description: 'The cancelled lesson instead of which it is offered, at its terms; null for a freed time.',
    nullable: true,
  })
  replacesId: Id | null;

  @InstantField({ description: 'Until when it may be accepted.', example: '2026-11-30T08:00:00.000Z' })
  expiresAt: Date;

  @IdField({ description: 'The lesson that came of it; null when none did.', nullable: true })
  bookingId: Id | null;

  @InstantField({ description: 'When it was made.', example: '2026-11-21T10:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When it ended; null while it stands.', example: null, nullable: true })
  closedAt: Date | null;
}

export class AcceptOfferDto {
  @InstantField({
    description: 'Which of the choices, by its start; may be left out when there is one.',
    example: '2026-12-01T09:00:00+01:00',
    optional: true,
  })
  startsAt?: Date;
}
