import {
  BoolField,
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import type { LocalDate } from '../../../../platform/values/zone.js';
import { PartyDto } from '../../http/booking.dto.js';
import {
  type DayCancellationState,
  dayCancellationStates,
  type DayReason,
  dayReasons,
  type DayScope,
  dayScopes,
} from '../domain/day-cancellation.js';
import { dayList } from '../queries/day-cancellation-reader.js';

const scope = {
  description: 'Whose day it is; the whole school’s when left out.',
  example: 'school',
  name: 'DayScope',
  optional: true,
} as const;
const ofTeacher = { description: 'The teacher, for the scope `teacher`.', optional: true } as const;
const ofVehicle = { description: 'The vehicle, for the scope `vehicle`.', optional: true } as const;
const ofLocation = { description: 'Where the lessons begin, for the scope `location`.', optional: true } as const;

export class PreviewDayQuery {
  @EnumField(dayScopes, scope)
  scope?: DayScope;

  @IdField(ofTeacher)
  teacherId?: Id;

  @IdField(ofVehicle)
  vehicleId?: Id;

  @IdField(ofLocation)
  locationId?: Id;
}

export class AffectedLessonDto {
  @IdField({ description: 'The booking.' })
  bookingId: Id;

  @InstantField({ description: 'When it starts.', example: '2026-12-01T08:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it ends.', example: '2026-12-01T08:45:00.000Z' })
  endsAt: Date;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @NestedField(() => PartyDto, { description: 'The teacher.' })
  teacher: PartyDto;

  @NestedField(() => PartyDto, { description: 'The lesson type.' })
  lessonType: PartyDto;
}

export class AffectedClassDto {
  @IdField({ description: 'The class.' })
  sessionId: Id;

  @TextField({ description: 'What it teaches.', example: 'Færdselsregler' })
  topic: string;

  @NestedField(() => PartyDto, { description: 'Its course.' })
  course: PartyDto;

  @InstantField({ description: 'When it starts.', example: '2026-12-01T17:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it ends.', example: '2026-12-01T18:30:00.000Z' })
  endsAt: Date;

  @NestedField(() => PartyDto, { description: 'The teacher.' })
  teacher: PartyDto;

  @IntField({ description: 'How many students were to come.', example: 18, min: 0, max: 500 })
  studentCount: number;
}

export class DayPreviewDto {
  @ListField(() => AffectedLessonDto, {
    description: 'The lessons, in order of time.',
    maxItems: 5_000,
  })
  lessons: AffectedLessonDto[];

  @IntField({
    description: 'How many lessons; say it as `expectedLessons` when you confirm.',
    example: 12,
    min: 0,
    max: 5_000,
  })
  lessonCount: number;

  @ListField(() => AffectedClassDto, {
    description: 'The theory classes, in order of time; none of a vehicle.',
    maxItems: 1_000,
  })
  classes: AffectedClassDto[];

  @IntField({ description: 'How many theory classes.', example: 1, min: 0, max: 1_000 })
  classCount: number;

  @IntField({ description: 'How many students are told.', example: 11, min: 0, max: 5_000 })
  studentCount: number;

  @MoneyField({
    description: 'What it costs the students: nothing, as it is the school that cancels.',
    example: { amount: 0, currency: 'DKK' },
  })
  fees: MoneyDto;
}

export class CancelDayDto {
  @EnumField(dayScopes, scope)
  scope?: DayScope;

  @IdField(ofTeacher)
  teacherId?: Id;

  @IdField(ofVehicle)
  vehicleId?: Id;

  @IdField(ofLocation)
  locationId?: Id;

  @EnumField(dayReasons, { description: 'Why.', example: 'weather', name: 'DayReason' })
  reason: DayReason;

  @TextField({
    description: 'What the students read of it, beside the reason. Nothing about anybody’s health.',
    example: 'Isglatte veje',
    max: 300,
    optional: true,
  })
  note?: string;

  @BoolField({
    description: 'Whether each student is offered up to three other times; true when left out.',
    example: true,
    optional: true,
  })
  rebook?: boolean;

  @BoolField({
    description:
      'Whether the teacher (of the whole school: each) gets time off for the rest of the day, so that nothing new is booked.',
    example: true,
    optional: true,
  })
  keepFree?: boolean;

  @IntField({
    description: 'How many lessons the preview showed: when there are others by now, nothing is cancelled.',
    example: 12,
    min: 0,
    max: 5_000,
    optional: true,
  })
  expectedLessons?: number;
}

export class DaySummaryDto {
  @IdField({ description: 'Id of the cancelled day.' })
  id: Id;

  @LocalDateField({ description: 'The date.', example: '2026-12-01' })
  date: LocalDate;

  @EnumField(dayScopes, { description: 'Whose day it is.', example: 'teacher', name: 'DayScope' })
  scope: DayScope;

  @IdField({ description: 'The teacher; null for another scope.', nullable: true })
  teacherId: Id | null;

  @IdField({ description: 'The vehicle; null for another scope.', nullable: true })
  vehicleId: Id | null;

  @IdField({ description: 'The location; null for another scope.', nullable: true })
  locationId: Id | null;

  @EnumField(dayReasons, { description: 'Why.', example: 'weather', name: 'DayReason' })
  reason: DayReason;

  @TextField({ description: 'What the students read of it.', example: 'Isglatte veje', nullable: true })
  note: string | null;

  @BoolField({ description: 'Whether other times are offered.', example: true })
  rebook: boolean;

  @BoolField({ description: 'Whether the teachers got time off.', example: true })
  keepFree: boolean;

  @EnumField(dayCancellationStates, {
    description: 'Whether lessons are left to cancel.',
    example: 'running',
    name: 'DayCancellationState',
  })
  state: DayCancellationState;

  @IdField({ description: 'Who did it.' })
  createdBy: Id;

  @InstantField({ description: 'When it began.', example: '2026-11-30T06:00:00.000Z' })
  createdAt: Date;

  @InstantField({ description: 'When the last lesson was cancelled; null before.', example: null, nullable: true })
  finishedAt: Date | null;
}

export class DayProgressDto {
  @IntField({ description: 'How many are left.', example: 4, min: 0, max: 5_000 })
  pending: number;

  @IntField({ description: 'How many are cancelled.', example: 8, min: 0, max: 5_000 })
  cancelled: number;

  @IntField({
    description: 'How many had been cancelled, moved away or begun by the time their turn came.',
    example: 0,
    min: 0,
    max: 5_000,
  })
  skipped: number;
}

export class DayCancellationDto extends DaySummaryDto {
  @NestedField(() => DayProgressDto, { description: 'How far it is with lessons.' })
  lessons: DayProgressDto;

  @NestedField(() => DayProgressDto, { description: 'How far it is with theory classes.' })
  classes: DayProgressDto;
}

export class DayListQuery extends ListQuery(dayList) {}
