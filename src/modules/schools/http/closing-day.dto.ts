import { BoolField, IdField, IntField, ListField, LocalDateField, TextField } from '../../../platform/http/fields.js';
import { ListQuery } from '../../../platform/http/list-query.js';
import type { Id } from '../../../platform/values/id.js';
import { closingDayList } from '../queries/closing-day-reader.js';
import { OrphanedBookingDto, orphans } from './schedule.dto.js';

export class NewClosingDayDto {
  @LocalDateField({ description: 'The date; not before today.', example: '2026-12-24' })
  date: string;

  @TextField({
    description: 'What the day is called; everybody at the school sees it.',
    example: 'Juleaftensdag',
    max: 80,
  })
  name: string;
}

export class AddClosingDaysDto {
  @ListField(() => NewClosingDayDto, {
    description: 'The dates. One that is closed already gets the new name.',
    minItems: 1,
    maxItems: 60,
  })
  days: NewClosingDayDto[];
}

export class ClosingDayDto {
  @IdField({ description: 'Id of the closing day.' })
  id: Id;

  @LocalDateField({ description: 'The date.', example: '2026-12-24' })
  date: string;

  @TextField({ description: 'What the day is called.', example: 'Juleaftensdag' })
  name: string;
}

export class AddedClosingDaysDto {
  @ListField(() => ClosingDayDto, { description: 'What was added.' })
  closingDays: ClosingDayDto[];

  @ListField(() => OrphanedBookingDto, orphans)
  orphanedBookings: OrphanedBookingDto[];
}

export class ProposedClosingDayDto {
  @LocalDateField({ description: 'The date.', example: '2026-12-25' })
  date: string;

  @TextField({ description: 'What the day is called, in the school’s language.', example: 'Juledag' })
  name: string;

  @BoolField({ description: 'True when the school is closed on it already.', example: false })
  chosen: boolean;
}

export class ProposalsQuery {
  @IntField({ description: 'The year; this one when left out.', example: 2027, min: 2020, max: 2100, optional: true })
  year?: number;
}

export class ClosingDayListQuery extends ListQuery(closingDayList) {
  @LocalDateField({
    description: 'Leaves out what was before; today when left out.',
    example: '2026-11-01',
    optional: true,
  })
  from?: string;
}
