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
  MoneyDto,
  MoneyField,
  NestedField,
  TextField,
} from '../../../../platform/http/fields.js';
import { ListQuery } from '../../../../platform/http/list-query.js';
import type { Id } from '../../../../platform/values/id.js';
import { BookingDto, forStudent, PartyDto } from '../../http/booking.dto.js';
import { conflictModes, type ConflictMode } from '../domain/lessons-plan.js';
import { MOST_LESSONS } from '../domain/weekly-pattern.js';
import { seriesList } from '../queries/series-reader.js';
import { seriesScopes, type SeriesScope } from '../use-cases/series-lessons.js';
import { RefusedLessonDto } from './lessons.dto.js';

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;

export const onConflictField = () =>
  EnumField(conflictModes, {
    description: 'When some of the lessons are not possible: `refuse` changes nothing, `skip` does the others.',
    example: 'skip',
    name: 'OnConflict',
    default: 'refuse',
    optional: true,
  });

export class SeriesWantedDto {
  @IdField({ description: 'What kind of lessons.' })
  lessonTypeId: Id;

  @IdField({
    description: 'Whom they are for. Students leave it out, and guardians of one student may.',
    optional: true,
  })
  studentId?: Id;

  @IdField({ description: 'With this teacher; left out: whoever is free, each time.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle; left out: one that is free, when the lessons need one.', optional: true })
  vehicleId?: Id;

  @EnumListField(weekdays, {
    description: 'On these weekdays; 1 is Monday.',
    example: [2, 4],
    minItems: 1,
    maxItems: 7,
  })
  weekdays: number[];

  @LocalTimeField({ description: 'When each starts, by the school’s clocks: a quarter hour.', example: '15:00' })
  time: string;

  @IntField({
    description: 'Every so many weeks, the week of the first date being the first.',
    example: 1,
    min: 1,
    max: 12,
    default: 1,
    optional: true,
  })
  everyWeeks: number = 1;

  @LocalDateField({ description: 'No lesson is before this date.', example: '2026-12-01' })
  from: string;

  @LocalDateField({
    description: 'No lesson is after this date. Either this or the number of lessons is given.',
    example: '2027-03-01',
    optional: true,
  })
  until?: string;

  @IntField({
    description: `How many lessons, ${MOST_LESSONS} at most.`,
    example: 10,
    min: 1,
    max: MOST_LESSONS,
    optional: true,
  })
  count?: number;
}

export class BookSeriesDto extends SeriesWantedDto {
  @onConflictField()
  onConflict: ConflictMode = 'refuse';
}

export class SeriesListQuery extends ListQuery(seriesList) {
  @IdField({
    description: 'This student’s alone. Students see their own in any case, guardians their wards’.',
    optional: true,
  })
  studentId?: Id;
}

export class LeftOutDateDto {
  @LocalDateField({ description: 'The date.', example: '2026-12-24' })
  date: string;

  @TextField({ description: 'Code of the problem that refused it.', example: 'booking.teacher_unavailable' })
  code: string;
}

export class SeriesDto {
  @IdField({ description: 'Id of the series.' })
  id: Id;

  @NestedField(() => PartyDto, { description: 'The student.' })
  student: PartyDto;

  @NestedField(() => PartyDto, { description: 'The lesson type.' })
  lessonType: PartyDto;

  @IdField({ description: 'The teacher who was asked for; null when anybody would do.', nullable: true })
  teacherId: Id | null;

  @IdField({ description: 'The vehicle that was asked for; null when any would do.', nullable: true })
  vehicleId: Id | null;

  @EnumListField(weekdays, { description: 'The weekdays; 1 is Monday.', example: [2, 4] })
  weekdays: number[];

  @LocalTimeField({ description: 'The time of day, by the school’s clocks.', example: '15:00' })
  time: string;

  @IntField({ description: 'Every so many weeks.', example: 1, min: 1, max: 12 })
  everyWeeks: number;

  @LocalDateField({ description: 'Of the first lesson, as it was booked.', example: '2026-12-01' })
  firstDate: string;

  @LocalDateField({ description: 'Of the last lesson, as it was booked.', example: '2027-02-25' })
  lastDate: string;

  @ListField(() => LeftOutDateDto, { description: 'Dates that got no lesson when it was booked.' })
  leftOut: LeftOutDateDto[];

  @InstantField({ description: 'When it was booked.', example: '2026-11-21T10:00:00.000Z' })
  createdAt: Date;
}

export class SeriesWithLessonsDto extends SeriesDto {
  @ListField(() => BookingDto, { description: 'Its lessons as they stand now, in order of time; cancelled ones too.' })
  lessons: BookingDto[];
}

export class BookedSeriesDto extends SeriesWithLessonsDto {
  @ListField(() => RefusedLessonDto, {
    description: 'Times that could not be had; empty unless they were to be skipped.',
  })
  refused: RefusedLessonDto[];
}

class LessonsMeantDto {
  @EnumField(seriesScopes, {
    description:
      'One lesson, it and all after it in time, or all. Lessons that have begun or are cancelled stay as they are.',
    example: 'following',
    name: 'SeriesScope',
    default: 'all',
    optional: true,
  })
  scope: SeriesScope = 'all';

  @IdField({ description: 'The one lesson, or the first of the following.', optional: true })
  bookingId?: Id;
}

export class MoveSeriesDto extends LessonsMeantDto {
  @LocalTimeField({
    description: 'The new time of day by the school’s clocks, a quarter hour; left out: each keeps its own.',
    example: '16:00',
    optional: true,
  })
  time?: string;

  @IntField({
    description: 'So many days later, or earlier when negative.',
    example: 1,
    min: -28,
    max: 28,
    optional: true,
  })
  days?: number;

  @IdField({ description: 'With this teacher; left out: each keeps its own.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle; left out: each keeps its own if it is free.', optional: true })
  vehicleId?: Id;

  @onConflictField()
  onConflict: ConflictMode = 'refuse';
}

export class SeriesCancellationQuery extends LessonsMeantDto {
  @BoolField({ description: forStudent, example: false, optional: true })
  forStudent?: boolean;
}

export class CancelSeriesDto extends LessonsMeantDto {
  @TextField({ description: 'Why; shown to student and teachers.', example: 'Flytter', max: 500, optional: true })
  reason?: string;

  @BoolField({ description: forStudent, example: false, optional: true })
  forStudent?: boolean;

  @MoneyField({ description: 'What all of it costs by the preview; refused when it has changed.', optional: true })
  expectedFee?: MoneyDto;

  @onConflictField()
  onConflict: ConflictMode = 'refuse';
}
