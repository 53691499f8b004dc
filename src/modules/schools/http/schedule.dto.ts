import {
  EnumField,
  IdField,
  InstantField,
  IntField,
  ListField,
  LocalDateField,
  LocalTimeField,
  NestedField,
  TextField,
} from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { ownTimeOffKinds, type OwnTimeOffKind, type TimeOffKind, timeOffKinds } from '../domain/time-off-kind.js';
import { timeOffList } from '../queries/schedule-reader.js';

export class WeeklyHoursDto {
  @IntField({ description: 'Day of the week: 1 is Monday, 7 is Sunday.', example: 1, min: 1, max: 7 })
  weekday: number;

  @LocalTimeField({ description: 'Start, on a quarter hour, in the school’s time zone.', example: '08:00' })
  starts: string;

  @LocalTimeField({
    description: 'End, on a quarter hour, after the start; 24:00 is midnight.',
    example: '16:00',
    endsDay: true,
  })
  ends: string;
}

export class SetWorkingHoursDto {
  @LocalDateField({
    description: 'First date of the new week; today when left out.',
    example: '2027-01-04',
    optional: true,
  })
  validFrom?: string;

  @ListField(() => WeeklyHoursDto, { description: 'All hours of the week; an empty list means none.', maxItems: 50 })
  workingHours: WeeklyHoursDto[];
}

export class WorkingHoursDto extends WeeklyHoursDto {
  @LocalDateField({ description: 'First date on which it counts.', example: '2026-11-02' })
  validFrom: string;

  @LocalDateField({
    description: 'First date on which it no longer counts; null: until further notice.',
    example: null,
    nullable: true,
  })
  validUntil: string | null;
}

export class OrphanedBookingDto {
  @IdField({ description: 'Id of the booking that is now outside the teacher’s hours.' })
  bookingId: Id;

  @IdField({ description: 'Id of its student.' })
  studentId: Id;

  @IdField({ description: 'Id of its teacher.' })
  teacherId: Id;

  @InstantField({ description: 'Start of the lesson.', example: '2027-01-05T13:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'End of the lesson.', example: '2027-01-05T13:45:00.000Z' })
  endsAt: Date;
}

export const orphans = {
  description:
    'Booked lessons outside the teacher’s hours or inside his time off. They stand until somebody moves them.',
};

export class ChangedWorkingHoursDto {
  @ListField(() => WorkingHoursDto, { description: 'The hours that count today or later.' })
  workingHours: WorkingHoursDto[];

  @ListField(() => OrphanedBookingDto, orphans)
  orphanedBookings: OrphanedBookingDto[];
}

export class AddTimeOffDto {
  @InstantField({ description: 'Start.', example: '2026-12-23T07:00:00+01:00' })
  startsAt: Date;

  @InstantField({ description: 'End, after the start.', example: '2027-01-02T00:00:00+01:00' })
  endsAt: Date;

  @EnumField(ownTimeOffKinds, {
    description:
      'Why; a holiday when left out. Somebody sick or privately away is so at every school he teaches at; a holiday or a course counts at this school alone.',
    example: 'holiday',
    name: 'OwnTimeOffKind',
    optional: true,
  })
  kind?: OwnTimeOffKind;

  @TextField({
    description: 'For colleagues in the office; students never see it.',
    example: 'Juleferie',
    optional: true,
    nullable: true,
  })
  reason?: string | null;
}

export class TimeOffDto {
  @IdField({ description: 'Id of the time off.' })
  id: Id;

  @InstantField({ description: 'Start.', example: '2026-12-23T06:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'End.', example: '2027-01-01T23:00:00.000Z' })
  endsAt: Date;

  @EnumField(timeOffKinds, {
    description: 'Why; `external` comes from the teacher’s own calendar.',
    example: 'holiday',
    name: 'TimeOffKind',
  })
  kind: TimeOffKind;

  @TextField({ description: 'Reason, as given.', example: 'Juleferie', nullable: true })
  reason: string | null;
}

export class AddedTimeOffDto {
  @NestedField(() => TimeOffDto, { description: 'What was added.' })
  timeOff: TimeOffDto;

  @ListField(() => OrphanedBookingDto, orphans)
  orphanedBookings: OrphanedBookingDto[];
}

export class TimeOffListQuery extends ListQuery(timeOffList) {
  @InstantField({
    description: 'Leaves out what ended before; now when left out.',
    example: '2026-11-01T00:00:00+01:00',
    optional: true,
  })
  from?: Date;

  @EnumField(timeOffKinds, {
    description: 'Of this kind alone.',
    example: 'sick',
    name: 'TimeOffKind',
    optional: true,
  })
  kind?: TimeOffKind;
}
