import {
  BoolField,
  IdField,
  IdListField,
  InstantField,
  ListField,
  MoneyDto,
  MoneyField,
  TextField,
} from '../../../../platform/http/fields.js';
import type { Id } from '../../../../platform/values/id.js';
import { forStudent } from '../../http/booking.dto.js';
import type { ConflictMode } from '../domain/lessons-plan.js';
import { MOST_LESSONS } from '../domain/weekly-pattern.js';
import { onConflictField } from './series.dto.js';

export class LessonTimeDto {
  @InstantField({ description: 'When it starts: a quarter hour.', example: '2026-12-01T09:00:00+01:00' })
  startsAt: Date;

  @IdField({ description: 'With this teacher; left out: as said for all.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle; left out: as said for all.', optional: true })
  vehicleId?: Id;
}

export class BookLessonsDto {
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

  @ListField(() => LessonTimeDto, { description: 'When; none overlaps another.', minItems: 1, maxItems: MOST_LESSONS })
  times: LessonTimeDto[];

  @onConflictField()
  onConflict: ConflictMode = 'refuse';
}

export class LessonMoveDto {
  @IdField({ description: 'The booking.' })
  bookingId: Id;

  @InstantField({
    description: 'When it starts now, a quarter hour; left out: as before.',
    example: '2026-12-02T09:00:00+01:00',
    optional: true,
  })
  startsAt?: Date;

  @IdField({ description: 'With this teacher; left out: the same.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle; left out: the same if it is free.', optional: true })
  vehicleId?: Id;
}

export class MoveLessonsDto {
  @ListField(() => LessonMoveDto, {
    description: 'Each booking once, and where it goes.',
    minItems: 1,
    maxItems: MOST_LESSONS,
  })
  moves: LessonMoveDto[];

  @onConflictField()
  onConflict: ConflictMode = 'refuse';
}

export class PreviewCancellationsDto {
  @IdListField({ description: 'The bookings, each once.', minItems: 1, maxItems: MOST_LESSONS })
  bookingIds: Id[];

  @BoolField({ description: forStudent, example: false, optional: true })
  forStudent?: boolean;
}

export class CancelLessonsDto extends PreviewCancellationsDto {
  @TextField({
    description: 'Why; shown to students and teachers.',
    example: 'Bilen er på værksted',
    max: 500,
    optional: true,
  })
  reason?: string;

  @MoneyField({ description: 'What all of it costs by the preview; refused when it has changed.', optional: true })
  expectedFee?: MoneyDto;

  @onConflictField()
  onConflict: ConflictMode = 'refuse';
}
