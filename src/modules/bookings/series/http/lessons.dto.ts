import {
  EnumField,
  EnumListField,
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
import type { Id } from '../../../../platform/values/id.js';
import { BookingDto } from '../../http/booking.dto.js';
import { FreeTimeDto } from '../../http/free-time.dto.js';
import { hindrances, type Hindrance } from '../../domain/calendar/hindrances.js';
import { clockChanges, MOST_LESSONS, type ClockChange } from '../domain/weekly-pattern.js';

export class RefusalDto {
  @TextField({
    description: 'Code of the problem that the lesson alone would be refused with.',
    example: 'booking.slot_taken',
  })
  code: string;

  @EnumListField(hindrances, { description: 'What is taken, when something is.', example: ['teacher'] })
  busy: Hindrance[];

  @ListField(() => FreeTimeDto, { description: 'Free times near it: three at most.' })
  alternatives: FreeTimeDto[];
}

export class RefusedLessonDto {
  @IdField({ description: 'The booking; null when none was to be changed.', nullable: true })
  bookingId: Id | null;

  @InstantField({ description: 'When it would start.', example: '2026-12-24T14:00:00.000Z' })
  startsAt: Date;

  @NestedField(() => RefusalDto, { description: 'Why it is not possible.' })
  refusal: RefusalDto;
}

export class PlannedLessonDto {
  @IdField({ description: 'The booking; null when it is not booked yet.', nullable: true })
  bookingId: Id | null;

  @InstantField({
    description: 'When it starts so far; null when it is not booked yet.',
    example: '2026-11-24T14:00:00.000Z',
    nullable: true,
  })
  previousStartsAt: Date | null;

  @LocalDateField({ description: 'Its date in the school’s zone.', example: '2026-12-01' })
  date: string;

  @InstantField({ description: 'When it would start.', example: '2026-12-01T14:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it would end.', example: '2026-12-01T14:45:00.000Z' })
  endsAt: Date;

  @EnumField(clockChanges, {
    description:
      'What the clocks do at that time of day: `left_out` in the night of spring, so that it starts an hour later by the clock; `twice` in that of autumn, when the first is meant; else null.',
    example: null,
    name: 'ClockChange',
    nullable: true,
  })
  clockChange: ClockChange | null;

  @IdField({ description: 'With this teacher; null when it is refused.', nullable: true })
  teacherId: Id | null;

  @IdField({ description: 'In this vehicle; null when it needs none or is refused.', nullable: true })
  vehicleId: Id | null;

  @NestedField(() => RefusalDto, { description: 'Why it is not possible; null when it is.', nullable: true })
  refusal: RefusalDto | null;
}

export class LessonsPreviewDto {
  @IntField({ description: 'How many are possible.', example: 9, min: 0, max: MOST_LESSONS })
  possible: number;

  @IntField({ description: 'How many are not.', example: 1, min: 0, max: MOST_LESSONS })
  refused: number;

  @ListField(() => PlannedLessonDto, { description: 'All of them, in order of time.' })
  lessons: PlannedLessonDto[];
}

export class LessonsDoneDto {
  @ListField(() => BookingDto, { description: 'The lessons that were booked or changed, in order of time.' })
  lessons: BookingDto[];

  @ListField(() => RefusedLessonDto, {
    description: 'Those that were not possible; empty unless they were to be skipped.',
  })
  refused: RefusedLessonDto[];
}

export class LessonsCancelledDto extends LessonsDoneDto {
  @MoneyField({ description: 'What cancelling did cost altogether.', example: { amount: 30_000, currency: 'DKK' } })
  fee: MoneyDto;
}

export class CancellationCostDto {
  @IdField({ description: 'The booking.' })
  bookingId: Id;

  @InstantField({ description: 'When it starts.', example: '2026-12-01T14:00:00.000Z' })
  startsAt: Date;

  @MoneyField({ description: 'What cancelling it now costs.', example: { amount: 30_000, currency: 'DKK' } })
  fee: MoneyDto;
}

export class CancellationsPreviewDto {
  @MoneyField({ description: 'What all of it costs now.', example: { amount: 30_000, currency: 'DKK' } })
  fee: MoneyDto;

  @ListField(() => CancellationCostDto, { description: 'What each costs, in order of time.' })
  lessons: CancellationCostDto[];

  @ListField(() => RefusedLessonDto, { description: 'Those that cannot be cancelled any more, and why.' })
  refused: RefusedLessonDto[];
}
