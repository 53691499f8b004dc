import { BoolField, EnumField, IdField, InstantField, IntField, TextField } from '../../../platform/http/fields.js';
import type { Id } from '../../../platform/values/id.js';
import { type CalendarProblem, calendarProblems } from '../ports/private-calendars.js';

export class AddTeacherCalendarDto {
  @TextField({ description: 'What the teacher calls it.', example: 'Privat', max: 80 })
  name: string;

  @TextField({
    description:
      'The secret address that the calendar publishes itself by (iCal), https or webcal. It is kept sealed and never shown again.',
    example: 'https://calendar.example.com/private-4f1c/basic.ics',
    max: 2000,
  })
  url: string;
}

export class TeacherCalendarDto {
  @IdField({ description: 'Id of the calendar.' })
  id: Id;

  @TextField({ description: 'What the teacher calls it.', example: 'Privat' })
  name: string;

  @TextField({ description: 'The server it is read from.', example: 'calendar.example.com' })
  host: string;

  @InstantField({
    description: 'When it was last read; null: not yet.',
    example: '2026-12-01T08:00:00.000Z',
    nullable: true,
  })
  fetchedAt: Date | null;

  @InstantField({ description: 'When it is read next.', example: '2026-12-01T08:30:00.000Z' })
  nextFetchAt: Date;

  @IntField({ description: 'How many busy times it has, up to 400 days ahead.', example: 12, min: 0, max: 2000 })
  busyBlocks: number;

  @EnumField(calendarProblems, {
    description: 'Why the last attempt to read it failed; null: it did not. What was read before still counts.',
    example: null,
    name: 'CalendarProblem',
    nullable: true,
  })
  problem: CalendarProblem | null;

  @BoolField({
    description: 'True when it could not be read for a day or more, so that it may have changed.',
    example: false,
  })
  stale: boolean;
}
