import { IdField, InstantField, LocalDateField, TextField } from '../../../platform/http/fields.js';
import { PageQuery } from '../../../platform/http/paging.js';
import type { Id } from '../../../platform/values/id.js';

export class FreeTimesQuery extends PageQuery {
  @IdField({ description: 'For what kind of lesson.' })
  lessonTypeId: Id;

  @LocalDateField({ description: 'First date; today when left out.', example: '2026-12-01', optional: true })
  from?: string;

  @LocalDateField({
    description: 'The date after the last one; 14 days after the first when left out, 31 at most.',
    example: '2026-12-15',
    optional: true,
  })
  until?: string;

  @IdField({ description: 'With this teacher alone.', optional: true })
  teacherId?: Id;

  @IdField({ description: 'In this vehicle alone.', optional: true })
  vehicleId?: Id;

  @IdField({ description: 'With this trailer alone.', optional: true })
  trailerId?: Id;

  @IdField({ description: 'At this facility alone.', optional: true })
  facilityId?: Id;

  @IdField({
    description:
      'Beginning and ending there; left out: at a facility’s own location, or where each teacher is at home.',
    optional: true,
  })
  locationId?: Id;

  @IdField({
    description: 'When this student is free too. Students always ask for themselves.',
    optional: true,
  })
  studentId?: Id;
}

export class FreeTimeDto {
  @InstantField({ description: 'When the lesson would start.', example: '2026-12-01T08:00:00.000Z' })
  startsAt: Date;

  @InstantField({ description: 'When it would end.', example: '2026-12-01T08:45:00.000Z' })
  endsAt: Date;

  @IdField({ description: 'With this teacher.' })
  teacherId: Id;

  @TextField({ description: 'The teacher’s name.', example: 'Mette Holm' })
  teacherName: string;

  @IdField({ description: 'A vehicle that is free; absent when the lesson needs none.', optional: true })
  vehicleId?: Id;

  @IdField({ description: 'A trailer that is free; absent when the lesson needs none.', optional: true })
  trailerId?: Id;

  @IdField({ description: 'A facility with a free place; absent when the lesson needs none.', optional: true })
  facilityId?: Id;

  @IdField({ description: 'Where it would begin and end; absent when nobody says.', optional: true })
  locationId?: Id;
}
