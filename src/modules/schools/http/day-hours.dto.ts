import { IdField, ListField, LocalDateField, LocalTimeField, NestedField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { dayHoursList } from '../queries/schedule-reader.js';
import { OrphanedBookingDto, orphans } from './schedule.dto.js';

export class StretchDto {
  @LocalTimeField({ description: 'Start, on a quarter hour, in the school’s time zone.', example: '10:00' })
  starts: string;

  @LocalTimeField({
    description: 'End, on a quarter hour, after the start; 24:00 is midnight.',
    example: '14:00',
    endsDay: true,
  })
  ends: string;
}

const hours = {
  description: 'All hours of that date, instead of the weekday’s; an empty list means none.',
  maxItems: 10,
};

export class SetDayHoursDto {
  @LocalDateField({ description: 'The date; not before today.', example: '2026-12-23' })
  date: string;

  @ListField(() => StretchDto, hours)
  hours: StretchDto[];
}

export class DayHoursDto {
  @IdField({ description: 'Id of that date’s hours.' })
  id: Id;

  @LocalDateField({ description: 'The date.', example: '2026-12-23' })
  date: string;

  @ListField(() => StretchDto, hours)
  hours: StretchDto[];
}

export class RemovedDayHoursDto {
  @ListField(() => OrphanedBookingDto, orphans)
  orphanedBookings: OrphanedBookingDto[];
}

export class ChangedDayHoursDto extends RemovedDayHoursDto {
  @NestedField(() => DayHoursDto, { description: 'The date as it is now.' })
  dayHours: DayHoursDto;
}

export class DayHoursListQuery extends ListQuery(dayHoursList) {
  @LocalDateField({
    description: 'Leaves out what was before; today when left out.',
    example: '2026-11-01',
    optional: true,
  })
  from?: string;
}
